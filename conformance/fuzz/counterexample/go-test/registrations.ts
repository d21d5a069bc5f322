import type { Contract } from '../../../../harness/contract/index.js';
import type { GobType } from '../../../../harness/gob/index.js';
import { goString } from './go-string.js';
import type { GoTypes } from './go-types.js';

/** The errors of a contract as Go types: what both sides of a gob stream have to register. */
export interface Registrations {
  find(typeName: string): { readonly type: GobType; readonly text: string } | undefined;
  /** Registers all of them. */
  statements(): string[];
}

export function registrationsOf({ errorTypes }: Contract, types: GoTypes): Registrations {
  const textOf = (name: string, type: GobType): string => types.text(type, `Registered${name}`);
  return {
    find: (typeName) => {
      const type = errorTypes.get(typeName);
      return type && { type, text: textOf(typeName, type) };
    },
    statements: () =>
      [...errorTypes].flatMap(([name, type]) => [
        'func() {',
        '\t// Another test of this package may have registered it.',
        '\tdefer func() { _ = recover() }()',
        `\tgob.RegisterName(${goString(name)}, *new(${textOf(name, type)}))`,
        '}()',
      ]),
  };
}
