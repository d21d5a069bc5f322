import type { MethodTarget, Subject } from '../subject/index.js';

/** The methods that may be called again and again, and that answer when they are called fairly. */
export async function fuzzableMethods(subject: Subject): Promise<MethodTarget[]> {
  const found: MethodTarget[] = [];
  for (const target of subject.targets) {
    if (!subject.mayRepeat(target)) continue;
    const { first } = await subject.observe(target, 0);
    if (first?.kind === 'reply' || first?.kind === 'error') found.push(target);
  }
  return found;
}
