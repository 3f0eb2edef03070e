// Lint rules. The import rules below are the walls between the rooms (CONTRIBUTING, "The rooms");
// test/unit/rooms.test.ts checks the same walls once more from the imports themselves.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Builds a no-restricted-imports rule from [pattern, reason] pairs. */
const forbid = (...pairs) => [
  'error',
  { patterns: pairs.map(([regex, message]) => ({ regex, message, allowTypeImports: false })) },
];
const noNodeGlobals = [
  'error',
  ...['process', 'Buffer', 'require', '__dirname', '__filename', 'global', 'setImmediate'].map((name) => ({
    name,
    message: 'The code also runs in a browser worker; Node lives in src/host/platform/node.ts.',
  })),
];

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules', '.vscode-test', 'test/fixtures/documents'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.json',
          './src/core/tsconfig.json',
          './media/tsconfig.json',
          './test/page/site/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        {
          selector: "AssignmentExpression[left.property.name='innerHTML']",
          message: 'Outside text is never HTML.',
        },
      ],
      'no-control-regex': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-globals': noNodeGlobals,
      'no-restricted-imports': forbid(
        ['^vscode$', 'The core knows nothing of VS Code.'],
        ['^(node:|#)', 'The core uses web-standard globals only.'],
        ['/(host|protocol|media)/', 'The core imports the core only.'],
      ),
    },
  },
  {
    files: ['src/protocol/**'],
    rules: {
      'no-restricted-globals': noNodeGlobals,
      'no-restricted-imports': forbid(
        ['^vscode$', 'The protocol knows nothing of VS Code.'],
        ['^(node:|#)', 'The protocol also runs in the page.'],
        ['/(host|media)/', 'The protocol imports core types only.'],
      ),
    },
  },
  {
    files: ['src/host/**', 'src/extension.ts'],
    ignores: ['src/host/platform/node.ts', 'src/host/platform/node/**'],
    rules: {
      'no-restricted-globals': noNodeGlobals,
      'no-restricted-imports': forbid(
        ['^node:', 'Node lives in src/host/platform/node.ts.'],
        ['/media/', 'The host and the page meet in src/protocol.'],
      ),
    },
  },
  {
    files: ['media/**'],
    rules: {
      'no-restricted-imports': forbid(
        ['^(vscode|node:|#)', 'The page has neither VS Code nor Node.'],
        ['/(host|core)/', 'The page knows src/protocol only.'],
      ),
    },
  },
  {
    files: ['scripts/**', 'test/**', 'bench/**'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        require: 'readonly',
        module: 'writable',
        exports: 'writable',
        __dirname: 'readonly',
      },
    },
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      'no-console': 'off',
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      'no-undef': 'off',
    },
  },
);
