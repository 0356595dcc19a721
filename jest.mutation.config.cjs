// Jest for mutation testing: the tests of the core alone, which need neither network nor database.
const { projects } = require('./jest.config.cjs');

const [node] = projects;

module.exports = {
  ...node,
  displayName: 'board',
  testMatch: ['<rootDir>/tests/board/**/*.test.ts'],
  modulePathIgnorePatterns: [...node.modulePathIgnorePatterns, '<rootDir>/reports/'],
};
