import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldText, searchWords } from '../../src/core/history/searchText.ts';
import { newEntry, openHistory } from '../support/historyKit.ts';

const isFound = (words: string, prompt: string) =>
  searchWords(words).every((word) => foldText(prompt).includes(word));

describe('5.4 searching the history', () => {
  it('5.4 finds words of a prompt in any order and without regard to case', () => {
    assert.ok(isFound('snow FOX', 'A fox in the deep Snow'));
    assert.ok(isFound('', 'anything'));
    assert.ok(!isFound('fox rain', 'A fox in the snow'));
  });

  it('5.4 finds words of any script without regard to their marks', () => {
    for (const [words, prompt] of [
      ['fuchse uber strasse', 'Füchse ÜBER die Straße'],
      ['Füchse', 'zwei fuchse'],
      ['cafe', 'un cafe\u0301 crème'],
      ['ODOS', 'η οδός στην πόλη'.replace('οδός', 'odos')],
      ['πολη', 'στην ΠΌΛΗ'],
      ['οδος', 'ΟΔΌΣ'],
      ['istanbul', 'İSTANBUL’da kış'],
      ['zolty lodz', 'żółty dom, Łódź'],
      ['smorrebrod aero', 'smørrebrød på Ærø'],
      ['ежик', 'ёжик в тумане'],
      ['محمد', 'مُحَمَّد'],
      ['שלום', 'שָׁלוֹם'],
      ['fox', 'ＦＯＸ full width'],
      ['ﬁre', 'FIRE'],
      ['狐', '雪の中の狐'],
      ['ガラス', 'ｶﾞﾗｽの狐'],
      ['여우', '눈 속의 여우'],
      ['लोमड़ी', 'बर्फ में लोमड़ी'],
    ] as const)
      assert.ok(isFound(words, prompt), `${words} in ${prompt}`);
  });

  it('5.4 tells vowel signs apart that are letters of their script', () => {
    assert.ok(!isFound('की', 'का'));
  });

  it('5.4 bounds what is searched for', () => {
    assert.equal(searchWords('a '.repeat(1000)).length, 16);
    assert.ok(searchWords('x'.repeat(100_000)).join('').length <= 200);
  });

  it('5.4 finds among thousands and gives way while it searches', async () => {
    const path = await mkdtemp(join(tmpdir(), 'history-'));
    const { history } = openHistory(path);
    for (let index = 0; index < 700; index++)
      await history.append(newEntry({ prompt: `${index === 5 ? 'Ünique ' : ''}${'ä fox '.repeat(800)}` }));
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    const { total, entries } = await history.page({ words: 'unique fox' });
    clearInterval(counting);
    assert.deepEqual([total, entries[0]?.prompt.slice(0, 6)], [1, 'Ünique']);
    assert.ok(turns > 0);
    await rm(path, { recursive: true });
  });
});
