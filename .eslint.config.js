// Lint rules: strict and type-aware, exhaustive switches, no floating promise, no any; sizes that keep files readable.
// https://typescript-eslint.io/users/configs#strict-type-checked

import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', '.cache', 'coverage', 'dist', 'data', 'smart-apps/*/dist'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // `async` also turns what is thrown at once into a rejection, which a port promises.
      '@typescript-eslint/require-await': 'off',
      // With noUncheckedIndexedAccess an index just checked needs a `!`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // Commands talk to the terminal; the benchmark and the checks do nothing else.
    files: [
      'src/main.ts',
      'src/reindex.ts',
      'src/reseal.ts',
      'src/**/{compile,backup}.ts',
      'test/**/*.ts',
      'seed/**/*.ts',
      'smart-apps/ui/build/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // It wires everything, and thinks nothing that could be moved elsewhere.
    files: ['src/compose.ts'],
    rules: { 'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Vite asks for a default export of its configuration.
    files: ['smart-apps/*/vite.config.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['smart-apps/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // Promises of what a click begins are watched by the queries behind it.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Chai says `expect(x).to.be.true`, and mocha's describe and it return nothing to wait for.
      '@typescript-eslint/no-unused-expressions': 'off',
      // Suites are lists of cases; their length is not complexity.
      'max-lines': 'off',
      // Tests look into answers as any client does; what is not there fails the test.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
