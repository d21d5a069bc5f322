/**
 * The laws of counter.json: what its methods promise each other.
 *
 * @type {import('iglu-conformance').Law[]}
 */
export const laws = [
  {
    name: 'total-is-the-sum',
    title: 'The total is the sum of what was added',
    level: 'must',
    broken(last, before) {
      const added = before.filter(({ method }) => method === 'Add');
      // What is in flight with the question, or was refused, may count or not.
      if (last.method !== 'Total' || !('reply' in last.answer)) return undefined;
      if (added.some(({ step, answer }) => step === last.step || 'error' in answer)) return undefined;
      const sum = added.reduce((total, { args }) => total + args.By, 0);
      const { Total } = last.answer.reply;
      return Total === sum ? undefined : `${sum} was added in all, and the total is ${Total}.`;
    },
    ask: ({ method }) => (method === 'Add' ? [{ method: 'Total', args: null }] : []),
  },
];
