// What was refused of a form and has no field of its own there; nothing where there is none.
export function OtherIssues({ issues }: { readonly issues: readonly { readonly message: string }[] }) {
  if (issues.length === 0) return null;
  return (
    <div role="alert">
      <ul className="reasons">
        {issues.map((one) => (
          <li key={one.message}>{one.message}</li>
        ))}
      </ul>
    </div>
  );
}
