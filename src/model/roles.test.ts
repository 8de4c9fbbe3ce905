import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { placeMessages, roleRules } from './roles.ts';
import type { PlacedMessage } from './tool-calls.ts';
import type { Message } from './types.ts';

function placed(provider: string, ...messages: Message[]): PlacedMessage[] {
  const result = placeMessages(provider, messages);
  assert.ok('messages' in result, 'unsupported' in result ? result.unsupported : '');
  return result.messages;
}

function unsupported(provider: string, ...messages: Message[]): string {
  const result = placeMessages(provider, messages);
  assert.ok('unsupported' in result, JSON.stringify(result));
  return result.unsupported;
}

const system: Message = { role: 'system', content: 'S' };
const developer: Message = { role: 'developer', content: 'D' };
const user: Message = { role: 'user', content: 'U' };
const assistant: Message = { role: 'assistant', content: 'A' };
const toBrowser: Message = { role: 'assistant', content: 'open("x")', recipient: 'browser' };
const fromBrowser: Message = { role: 'tool', content: 'page', name: 'browser' };
const others = ['compatible', 'ollama', 'vllm', 'anthropic', 'google', 'mistral'];

describe('instructions', () => {
  it('should be kept where the provider knows both roles', () => {
    assert.deepEqual(placed('openai', system, user, developer, user), [
      system,
      user,
      developer,
      user,
    ]);
  });

  it('should become one system text elsewhere', () => {
    for (const provider of others) {
      assert.deepEqual(placed(provider, developer, user)[0], { role: 'system', content: 'D' });
      assert.deepEqual(placed(provider, system, { role: 'system', content: 'T' }, user)[0], {
        role: 'system',
        content: 'S\n\nT',
      });
    }
  });

  it('should stand under headings, system first, where there are both', () => {
    for (const provider of others) {
      assert.deepEqual(placed(provider, developer, system, user)[0], {
        role: 'system',
        content: '# System message\n\nS\n\n# Developer message\n\nD',
      });
    }
  });

  it('should be left out where they are empty', () => {
    assert.deepEqual(placed('anthropic', { role: 'system', content: ' ' }, user), [user]);
  });

  it('should not be moved to the front from within the conversation', () => {
    for (const provider of others) {
      assert.match(unsupported(provider, user, developer, user), /developer messages only before/);
    }
  });

  it('should stand alone only where that is taken', () => {
    assert.deepEqual(placed('openai', developer), [developer]);
    for (const provider of ['anthropic', 'google', 'mistral']) {
      assert.match(unsupported(provider, developer), /only instructions/);
    }
  });
});

describe('turns', () => {
  it('should begin with the user where they must', () => {
    assert.deepEqual(placed('openai', assistant, user), [assistant, user]);
    for (const provider of ['anthropic', 'google', 'mistral']) {
      assert.match(unsupported(provider, assistant, user), /user to speak first/);
    }
  });

  it('should not end with the assistant except at OpenAI', () => {
    assert.deepEqual(placed('openai', user, assistant), [user, assistant]);
    for (const provider of others)
      assert.match(unsupported(provider, user, assistant), /ends with the assistant/);
  });

  it('should be merged where roles must alternate', () => {
    for (const provider of ['anthropic', 'google', 'mistral']) {
      assert.deepEqual(placed(provider, user, user, assistant, assistant, user), [
        { role: 'user', content: 'U\n\nU' },
        { role: 'assistant', content: 'A\n\nA' },
        user,
      ]);
    }
    assert.deepEqual(placed('vllm', user, user), [user, user]);
  });

  it('should not be empty where that is refused', () => {
    const empty: Message = { role: 'user', content: '' };
    assert.deepEqual(placed('openai', empty), [empty]);
    for (const provider of ['anthropic', 'google', 'mistral']) {
      assert.match(unsupported(provider, empty), /no empty message.*message 1.*user/);
    }
  });

  it('should be there at all', () => {
    for (const provider of ['openai', ...others]) assert.match(unsupported(provider), /no message/);
    assert.match(unsupported('telepathy', user), /no rule/);
  });
});

describe('tools', () => {
  it('should turn a message to a recipient and its answer into a call and its result', () => {
    for (const provider of ['openai', ...others]) {
      assert.deepEqual(placed(provider, user, toBrowser, fromBrowser), [
        user,
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'call00001', name: 'browser', arguments: '{"input":"open(\\"x\\")"}' }],
        },
        { role: 'tool', content: 'page', toolCallId: 'call00001', name: 'browser' },
      ]);
    }
  });

  it('should keep arguments that are a JSON object', () => {
    const [, call] = placed('openai', user, { ...toBrowser, content: '{"url": 1}' }, fromBrowser);
    assert.equal(call?.role === 'assistant' && call.toolCalls?.[0]?.arguments, '{"url": 1}');
  });

  it('should name tools in letters that all protocols take', () => {
    const calls = ['functions.ask', 'browser.open', '9lives', 'ünï'].map((recipient) => {
      const [, call] = placed(
        'openai',
        user,
        { ...toBrowser, recipient },
        { role: 'tool', content: 'x' },
      );
      return call?.role === 'assistant' ? call.toolCalls?.[0]?.name : undefined;
    });
    assert.deepEqual(calls, ['ask', 'browser_open', '_9lives', '_n_']);
  });

  it('should refuse a result without a call, and a call without a result', () => {
    for (const provider of ['openai', ...others]) {
      assert.match(unsupported(provider, user, fromBrowser), /"browser" answers no call/);
      assert.match(unsupported(provider, user, assistant, fromBrowser), /answers no call/);
      assert.match(unsupported(provider, user, toBrowser), /"browser" is not followed/);
      assert.match(unsupported(provider, user, toBrowser, user), /"browser" is not followed/);
      assert.match(
        unsupported(provider, user, toBrowser, fromBrowser, fromBrowser),
        /answers no call/,
      );
    }
  });

  it('should link calls made side by side by id, then by name, then in order', () => {
    const call = (id: string, name: string) => ({ id, name, arguments: '{}' });
    const calls: Message = {
      role: 'assistant',
      content: '',
      toolCalls: [call('a', 'x'), call('b', 'y'), call('c', 'z')],
    };
    const results = placed(
      'openai',
      user,
      calls,
      { role: 'tool', content: '1', toolCallId: 'c' },
      { role: 'tool', content: '2', name: 'y' },
      { role: 'tool', content: '3' },
    ).slice(2);
    assert.deepEqual(
      results.map((result) => result.role === 'tool' && [result.toolCallId, result.name]),
      [
        ['c', 'z'],
        ['b', 'y'],
        ['a', 'x'],
      ],
    );
    assert.match(
      unsupported('openai', user, calls, { role: 'tool', content: '', toolCallId: 'q' }),
      /answers no call/,
    );
  });

  it('should put calls that are written one below the other side by side', () => {
    const [, both, first, second] = placed(
      'openai',
      user,
      toBrowser,
      { ...toBrowser, recipient: 'python' },
      { role: 'tool', content: 'p', name: 'python' },
      fromBrowser,
    );
    assert.deepEqual(both?.role === 'assistant' && both.toolCalls?.map(({ name }) => name), [
      'browser',
      'python',
    ]);
    assert.deepEqual(
      [first?.role === 'tool' && first.name, second?.role === 'tool' && second.name],
      ['python', 'browser'],
    );
  });

  it('should renumber ids that a protocol refuses, and ids that come twice', () => {
    const call: Message = {
      role: 'assistant',
      content: '',
      toolCalls: [{ id: 'call_abc', name: 'x', arguments: '{}' }],
    };
    const result: Message = { role: 'tool', content: '1', toolCallId: 'call_abc' };
    const ids = (provider: string) =>
      placed(provider, user, call, result, assistant, user, call, result)
        .map((message) => (message.role === 'tool' ? message.toolCallId : ''))
        .filter(Boolean);
    assert.deepEqual(ids('openai'), ['call_abc', 'call00001']);
    assert.deepEqual(ids('mistral'), ['call00001', 'call00002']);
  });

  it('should be declared where the history uses them and the provider wants to know', () => {
    const used = placeMessages('anthropic', [user, toBrowser, fromBrowser]);
    assert.deepEqual('tools' in used && used.tools.map(({ name }) => name), ['browser']);
    const unused = placeMessages('google', [user, toBrowser, fromBrowser]);
    assert.deepEqual('tools' in unused && unused.tools, []);
  });

  it('should not take a user message right after a result at Mistral', () => {
    assert.match(unsupported('mistral', user, toBrowser, fromBrowser, user), /right after a tool/);
    assert.equal(placed('anthropic', user, toBrowser, fromBrowser, user).length, 4);
  });

  it('should not take people for tools', () => {
    assert.deepEqual(
      placed('openai', user, { ...assistant, recipient: 'user' }, user)[1],
      assistant,
    );
  });
});

const anyMessage: fc.Arbitrary<Message> = fc.record(
  {
    role: fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool'),
    content: fc.constantFrom('', ' ', 'text', '{"a":1}'),
    name: fc.constantFrom('browser', 'python'),
    recipient: fc.constantFrom('browser', 'python', 'user'),
    toolCallId: fc.constantFrom('1', '2'),
    toolCalls: fc.array(
      fc.record({
        id: fc.constantFrom('1', '2', 'x y'),
        name: fc.constant('browser'),
        arguments: fc.constantFrom('{}', 'no'),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['role', 'content'] },
);

describe('every conversation', () => {
  it('should be placed by the rules or be unsupported, and lose no words of people', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...roleRules),
        fc.array(anyMessage, { maxLength: 8 }),
        (rule, messages) => {
          const result = placeMessages(rule.providers[0] ?? '', messages);
          if ('unsupported' in result) return;
          const open = new Set<string>();
          for (const message of result.messages) {
            if (message.role === 'tool') assert.ok(open.delete(message.toolCallId));
            else assert.equal(open.size, 0);
            if (message.role !== 'assistant') continue;
            for (const call of message.toolCalls ?? []) {
              assert.match(call.id, rule.callIds);
              assert.equal(typeof JSON.parse(call.arguments), 'object');
              open.add(call.id);
            }
          }
          assert.equal(open.size, 0);
          const words = (list: readonly { role: string; content: string }[]) =>
            list
              .filter(({ role }) => role === 'user')
              .map(({ content }) => content.trim())
              .join('')
              .replaceAll('\n\n', '')
              .replaceAll(' ', '');
          assert.equal(words(result.messages), words(messages));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('the documentation', () => {
  it('should print the rules as they are', () => {
    const page = readFileSync(new URL('../../docs/providers.md', import.meta.url), 'utf8');
    const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    const names = roleRules.map(({ providers }) =>
      providers.map((name) => `\`${name}\``).join(', '),
    );
    const rows = [
      row(['rule', ...names]),
      row(['developer messages', ...roleRules.map((rule) => rule.developer)]),
      row(['system and developer texts stand', ...roleRules.map((rule) => rule.instructions)]),
      row(['who may speak first', ...roleRules.map((rule) => rule.opens)]),
      row([
        'instructions without a conversation',
        ...roleRules.map((rule) => rule.instructionsAlone),
      ]),
      row([
        'a history that ends with the assistant',
        ...roleRules.map((rule) => rule.endsWithAssistant),
      ]),
      row([
        'several messages of one role in a row',
        ...roleRules.map((rule) => rule.sameRoleInARow),
      ]),
      row([
        "a user message right after a tool's result",
        ...roleRules.map((rule) => rule.userAfterTool),
      ]),
      row(['empty messages', ...roleRules.map((rule) => rule.emptyMessages)]),
      row(['tools that only the history uses', ...roleRules.map((rule) => rule.usedTools)]),
    ];
    for (const line of rows) assert.ok(page.includes(line), line);
  });
});
