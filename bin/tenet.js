#!/usr/bin/env node
// Plain enough for any Node that is still about: an old one gets a sentence, not a syntax error.
'use strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

var version = process.versions.node.split('.').map(Number);
if (version[0] < 24 || (version[0] === 24 && version[1] < 15)) {
  process.stderr.write(
    'tenet needs Node 24.15 or newer, and this is ' +
      process.versions.node +
      '. Install a newer one, or run: npx -y node@24 ' +
      fileURLToPath(import.meta.url) +
      '\n',
  );
  process.exit(2);
}

var own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
var args = process.argv.slice(2);
// Everybody on a machine can read the command lines of its processes, and with them the password in an address.
if (
  args.some(function (word) {
    return /postgres(ql)?:\/\/.*:.*@/.test(word);
  })
)
  process.title = 'tenet';
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(own + '\n');
} else {
  // The configuration and what it brings are the user's code, which may end the program or leave it with nothing to
  // wait for. An end that nobody told may not look like a success.
  var told = false;
  process.on('exit', function (code) {
    if (told || code !== 0) return;
    process.stderr.write('tenet: ended before it was done; tenet.config.ts may have ended it.\n');
    process.exitCode = 2;
  });
  process.on('uncaughtException', function (error) {
    told = true;
    var reason =
      (args.indexOf('--debug') >= 0 && error && error.stack) || 'It fails with: ' + error;
    process.stderr.write('tenet: an error that nothing waited for. ' + reason + '\n');
    process.exit(2);
  });
  // Only where somebody looks at stacks: maps are large, and read at every error.
  if (args.indexOf('--debug') >= 0) process.setSourceMapsEnabled(true);
  void import('node:module')
    .then(function (module) {
      module.enableCompileCache();
      // Which file this is, of the sources or of the bundle, says package.json.
      return import('#command-line');
    })
    .then(function (cli) {
      return cli.main(args, own);
    })
    .then(function (code) {
      told = true;
      process.exitCode = code;
    });
}
