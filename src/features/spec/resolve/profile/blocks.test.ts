import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSpec } from '../../../../spec/read.ts';
import { toTerminal } from '../../../../text/blocks-terminal.ts';
import { type AppliedProfile, applyProfile } from './apply-profile.ts';
import { changesBlocks, differenceBlocks } from './blocks.ts';
import { differenceDocument } from './effective-document.ts';

const spec = readSpec({
  file: 'spec.md',
  bytes: new TextEncoder().encode(
    '## Be clear {#clear authority=user}\n\nShould.\n\n## Mind the young {#young authority=user tags=under_18}\n\nShould.\n\n## Be kind {#kind authority=user}\n\nShould.\n',
  ),
  id: 'small',
  version: '1',
});

function applied(id: string, rest: string): AppliedProfile {
  const head = `profile: 1\nid: ${id}\nspec: { id: small }\nby: developer\n`;
  return applyProfile(spec, `${id}.yaml`, head + rest);
}

const kiosk = applied(
  'kiosk',
  'settings: { under_18: false }\ndisable:\n  clear: { reason: one voice }\n',
);
const school = applied(
  'school',
  'operator: The \u001b[1mSchool\nnarrow:\n  kind: { text: "Be\\nkinder.", reason: pupils }\n',
);

test('what a profile changes, a line for each clause', () => {
  assert.equal(
    toTerminal(changesBlocks(kiosk.effective)),
    'Profile kiosk: 2 changes\n  disable #clear (developer): one voice\n  inapplicable #young (developer): the setting under_18 is false\n',
  );
  const [, young] = kiosk.effective.changes;
  assert.equal(young?.setting, 'under_18');
});

test('what differs between two deployments, or that nothing does', () => {
  const document = differenceDocument(kiosk, school);
  assert.equal(
    toTerminal(differenceBlocks(spec, document), { width: 60 }),
    `small@1: kiosk against school

operator: – → The ␛[1mSchool
settings.under_18: false → –

#clear Be clear
  kiosk: not in force, by developer: one voice
  school: in force as written at user

#young Mind the young
  kiosk: does not apply at user, by developer: the setting
         under_18 is false
  school: in force as written at user

#kind Be kind
  kiosk: in force as written at user
  school: in force, narrowed at user, by developer: pupils
      Be kinder.
`,
  );
  const same = differenceDocument(kiosk, kiosk);
  assert.deepEqual([same.first, same.second], ['kiosk.yaml', 'kiosk.yaml']);
  const text = toTerminal(differenceBlocks(spec, same));
  assert.equal(text, 'small@1: kiosk.yaml against kiosk.yaml\n\nNothing differs.\n');
});
