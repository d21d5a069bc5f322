import type { Handler, PluginContext } from '../../../harness/server/index.js';
import { copyKeys, logLines, openCounter, sumKeys } from './callbacks.js';
import { channelStats, countWords, executeCommand, messageWillBePosted } from './posts.js';
import type { CopyKeysArgs, Int, LogLinesArgs, SumKeysArgs } from './types.js';
import { displayNames, hasPermission, rankUsers } from './users.js';
import { convert, digest, mergeProps, mirrorTree, transformPoint } from './values.js';

/** The hooks of one dispensed plugin. What a hook throws reaches the host as the text of an error. */
export function hooks(context: PluginContext): Record<string, Handler> {
  const all: Record<string, Handler> = {
    MessageWillBePosted: messageWillBePosted,
    ExecuteCommand: executeCommand,
    CountWords: countWords,
    ChannelStats: channelStats,
    DisplayNames: displayNames,
    RankUsers: rankUsers,
    HasPermission: hasPermission,
    UserHasLoggedIn: () => null,
    MergeProps: mergeProps,
    EchoNumbers: (numbers) => numbers,
    Convert: convert,
    TransformPoint: transformPoint,
    Digest: digest,
    MirrorTree: mirrorTree,
    LogLines: (args: LogLinesArgs) => logLines(context, args),
    SumKeys: (args: SumKeysArgs) => sumKeys(context, args),
    CopyKeys: (args: CopyKeysArgs) => copyKeys(context, args),
    OpenCounter: (start: Int) => openCounter(context, start),
  };
  return { ...all, Implemented: () => [...Object.keys(all), 'Implemented'].sort() };
}
