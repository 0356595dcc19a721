// Jest for mutation testing: the tests of the core alone, which need neither network nor database.
// MUTATION_TESTS names some of them, such as {delivery,slow}: a file against its own tests takes minutes, not an hour.
const { projects } = require('./jest.config.cjs');

const [node] = projects;
const files = process.env.MUTATION_TESTS ?? '*';

module.exports = {
  ...node,
  displayName: 'board',
  testMatch: [`<rootDir>/tests/board/${files}.test.ts`],
  modulePathIgnorePatterns: [...node.modulePathIgnorePatterns, '<rootDir>/reports/'],
};
