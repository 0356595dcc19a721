// Whether the ? key opens the list of keys: one without Ctrl may clash with speech input, so WCAG 2.1.4 wants it switched off.
const offName = 'board-assistant:question-key';

export function isQuestionKeyOn(): boolean {
  return window.localStorage.getItem(offName) !== 'off';
}

export function setQuestionKey(isOn: boolean): void {
  if (isOn) window.localStorage.removeItem(offName);
  else window.localStorage.setItem(offName, 'off');
}
