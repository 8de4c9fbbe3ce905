import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { differenceOf, kappaOf, shareOf, sharesOf } from './shares.ts';

describe('shares', () => {
  it('should weigh items by the chance with which they were drawn, and pay for it', () => {
    const trial = (hit: boolean, cluster: number, weight: number) => ({
      hit,
      cluster: String(cluster),
      weight,
    });
    const [even, uneven] = sharesOf([
      [1, 2, 3, 4].map((cluster) => trial(cluster > 1, cluster, 2)),
      [1, 2, 3, 4].map((cluster) => trial(cluster > 1, cluster, cluster === 1 ? 3 : 1)),
    ]);
    assert.deepEqual([even?.hits, even?.trials, even?.effective], [3, 4, 4]);
    // 3 of 6; (3 + 1 + 1 + 1)² / (9 + 1 + 1 + 1) = 3.
    assert.deepEqual([uneven?.estimate, uneven?.hits, uneven?.effective], [0.5, 2, 3]);
    assert.match(uneven?.method ?? '', /weighted/);
  });

  it('should not take replies of one example for independent', () => {
    const [alike] = sharesOf([
      Array.from({ length: 40 }, (_, place) => ({
        hit: place < 20,
        cluster: String(Math.floor(place / 4)),
      })),
    ]);
    assert.ok(alike !== undefined && alike.effective < 15 && alike.clusters === 10);
  });
});

describe('why a figure is missing, and what an interval takes for granted', () => {
  const trials = (clusters: number, each: number, hits: number) =>
    Array.from({ length: clusters * each }, (_, place) => ({
      hit: place < hits,
      cluster: String(place % clusters),
    }));

  it('should be said of shares in words for examples, with a code beside', () => {
    const [none, single] = sharesOf([[], trials(1, 3, 2)]);
    assert.deepEqual([none?.estimate, none?.missing], [null, 'none-decided']);
    assert.deepEqual([single?.low, single?.missing], [null, 'one-cluster']);
    assert.equal(single?.reason, 'a single example cannot show how examples differ');
    assert.equal(shareOf([], 'none-named').reason, 'no answer names a reply');
    const assumed = shareOf(trials(3, 2, 6));
    assert.ok(assumed.assumes !== undefined && assumed.assumes.length === 1);
    const [{ code, correlation } = { code: '', correlation: -1 }] = assumed.assumes;
    assert.ok(code.startsWith('correlation-') && correlation >= 0 && correlation <= 1);
    assert.match(assumed.caution ?? '', /alike replies of one example are/);
    assert.ok(assumed.caution?.includes(correlation.toFixed(2)));
  });

  it('should be said of differences and of kappa alike', () => {
    const many = shareOf(trials(8, 1, 4));
    const alone = differenceOf(many, shareOf(trials(1, 3, 2)));
    assert.deepEqual([alone.low, alone.missing], [null, 'one-cluster']);
    assert.equal(alone.reason, 'a single example cannot show how examples differ');
    const empty = differenceOf(many, shareOf([]));
    assert.deepEqual([empty.estimate, empty.missing], [null, 'second-has-no-trial']);
    const doubtful = differenceOf(many, shareOf(trials(3, 2, 6)));
    assert.match(doubtful.caution ?? '', /replies of one example/);
    assert.equal(doubtful.assumes?.length, 1);
    const rows = (cluster: (place: number) => number) =>
      Array.from({ length: 12 }, (_, place) => ({
        first: place % 2,
        second: place % 3 === 0 ? 1 : place % 2,
        cluster: String(cluster(place)),
      }));
    const ofOne = kappaOf(
      rows(() => 0),
      2,
    );
    assert.deepEqual([ofOne.low, ofOne.missing], [null, 'items-of-one-cluster']);
    assert.match(ofOne.reason ?? '', /^all replies are of one example/);
    assert.equal(
      kappaOf(
        rows((place) => place),
        2,
      ).missing,
      undefined,
    );
    assert.equal(kappaOf([], 2).missing, 'too-few-items');
  });
});
