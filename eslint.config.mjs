import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Lines that count: neither blank nor comment. */
const longest = (max) => ({ max, skipBlankLines: true, skipComments: true });

/** `_` says that a value is left out on purpose, as in `const { secret: _secret, ...rest } = options`. */
const unusedUnderscore = ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }];

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.data/', 'docs/contracts/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', longest(150)],
      'max-lines-per-function': ['error', longest(40)],
      eqeqeq: 'error',
      // A type guard instead of `as`, which only claims what a value is.
      '@typescript-eslint/no-unsafe-type-assertion': 'error',
      '@typescript-eslint/no-unused-vars': unusedUnderscore,
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Nest describes with empty classes and decorators what belongs together.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Decorators see a property's type only where it is written down, and the conversion of a DTO needs it.
      '@typescript-eslint/no-inferrable-types': ['error', { ignoreProperties: true }],
      // Events, DTOs and configuration are classes without methods: a literal of the same shape is as good.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // `consistent-type-imports` stays off: a class that is imported as a type cannot be injected.
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      // A `describe` is one function, and a file of examples is as long as its examples.
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      // Jest's matchers (`expect.any`, `expect.objectContaining`) and the JSON of an answer are typed `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    // A lesson is read in one sitting.
    files: ['test/patterns/*.spec.ts'],
    rules: { 'max-lines': ['error', 120] },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unused-vars': unusedUnderscore,
    },
  },
);
