const config = require('./.dependency-cruiser.cjs');

/** No circle between folders: in a run of its own without specs, which use the tests' support, which uses the libraries. */
module.exports = {
  forbidden: [
    {
      name: 'no-circles-between-folders',
      comment:
        'A folder that knows one that knows it back is one folder in two, or one of the two knows too much.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: { ...config.options, exclude: { path: `${config.options.exclude.path}|\\.spec\\.ts$` } },
};
