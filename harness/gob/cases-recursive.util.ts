import { INT, map, slice, STRING, struct, UINT, array, type SliceType, type StructType } from './index.js';
import type { Case } from './cases.util.js';

// The types of oracle/cases_recursive.go, with the names that Go gives them on the wire.

function tie(type: StructType, fields: StructType): StructType {
  type.fields = fields.fields;
  return type;
}

const list = struct('List', {});
tie(list, struct('', { Value: INT, Next: list }));

const tree = struct('Tree', {});
tie(tree, struct('', { Key: STRING, Left: tree, Right: tree }));

const person = struct('Person', {});
const pet = struct('Pet', { Legs: UINT, Owner: person });
tie(person, struct('', { Name: STRING, Pet: pet }));

const owned = struct('Owned', { First: person, Last: pet });

const nest: SliceType = slice(INT, 'Nest');
nest.elem = nest;

const graph = map(STRING, INT, 'Graph');
graph.elem = graph;

const forest = struct('Forest', {});
tie(
  forest,
  struct('', {
    Name: STRING,
    Trees: slice(forest, '[]main.Forest'),
    Named: map(STRING, forest, 'map[string]*main.Forest'),
  }),
);

const pair = struct('Pair', {});
tie(pair, struct('', { Depth: INT, Parts: array(2, pair, '[2]main.Pair') }));

const ring = map(STRING, INT, 'Ring');
ring.elem = slice(ring, '');

const shelf = map(STRING, INT, 'Shelf');
shelf.elem = array(1, slice(shelf, ''));

const album = map(STRING, INT, 'Album');
album.elem = struct('', { Album: album, Tags: slice(STRING, '[]string') });

const noTree = { Left: null, Right: null };
const noForest = { Trees: [], Named: new Map() };

export const RECURSIVE_CASES: Record<string, Case> = {
  'recursive list': {
    types: [list, list],
    values: [
      { Value: 1, Next: { Value: 2, Next: { Value: 0, Next: { Value: 4, Next: null } } } },
      { Value: 0, Next: null },
    ],
  },
  'recursive tree': {
    types: [tree],
    values: [
      {
        Key: 'm',
        Left: { Key: 'c', Left: null, Right: { Key: 'd', ...noTree } },
        Right: { Key: 'x', ...noTree },
      },
    ],
  },
  'mutually recursive': {
    types: [person, person],
    values: [
      { Name: 'Ann', Pet: { Legs: 4, Owner: { Name: 'Bob', Pet: { Legs: 0, Owner: null } } } },
      { Name: '', Pet: null },
    ],
  },
  'holding recursive': {
    types: [owned, owned],
    values: [
      { First: { Name: 'Ann', Pet: null }, Last: { Legs: 2, Owner: null } },
      { First: { Name: '', Pet: null }, Last: null },
    ],
  },
  'recursive slice': { types: [nest], values: [[[], [[], [[]]]]] },
  'recursive map': { types: [graph], values: [new Map([['a', new Map([['b', new Map()]])]])] },
  'recursive by slice and map': {
    types: [forest, forest],
    values: [
      {
        Name: 'f',
        Trees: [{ Name: 'g', ...noForest }],
        Named: new Map([['h', { Name: 'i', ...noForest }]]),
      },
      { Name: '', ...noForest },
    ],
    // Go sends a map that is empty, and not one that is nil.
    sent: [{ Name: 'f', Trees: [{ Name: 'g' }], Named: { h: { Name: 'i' } } }, { Named: {} }],
  },
  'recursive array': {
    types: [pair],
    values: [
      {
        Depth: 1,
        Parts: [
          { Depth: 2, Parts: null },
          {
            Depth: 3,
            Parts: [
              { Depth: 0, Parts: null },
              { Depth: 0, Parts: null },
            ],
          },
        ],
      },
    ],
  },
  'recursive slice in an array': { types: [shelf], values: [new Map([['a', [[new Map()]]]])] },
  'recursive map of structs': {
    types: [album],
    values: [new Map([['a', { Album: new Map(), Tags: ['t'] }]])],
  },
  'recursive slice in a map': {
    types: [ring],
    values: [new Map([['a', [new Map([['b', []]]), new Map()]]])],
  },
};
