import type {
  CommandArgs,
  CommandResponse,
  Int,
  MessageWillBePostedArgs,
  MessageWillBePostedReply,
  Post,
} from './types.js';

export function messageWillBePosted({ Post, Author }: MessageWillBePostedArgs): MessageWillBePostedReply {
  if (Post.Message.trim() === '') return { Post: null, Rejection: 'an empty message' };
  if (!Author.Bot) return { Post: null, Rejection: '' };
  return { Post: { ...Post, Tags: [...Post.Tags, 'bot'] }, Rejection: '' };
}

export function executeCommand({ Command, UserId, TeamId, ChannelId }: CommandArgs): CommandResponse {
  const [name, ...words] = Command.trim().split(' ');
  if (name === '/echo') return { Text: words.join(' '), Public: true };
  if (name === '/where') return { Text: `${UserId} is in ${TeamId}/${ChannelId}`, Public: false };
  return { Text: 'Known commands: /echo, /where', Public: false };
}

export function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.split(/\s+/)) {
    if (word !== '') counts.set(word.toLowerCase(), (counts.get(word.toLowerCase()) ?? 0) + 1);
  }
  return counts;
}

export function channelStats(posts: Post[]): Map<string, Map<Int, number>> {
  const stats = new Map<string, Map<Int, number>>();
  for (const { ChannelId, CreateAt } of posts) {
    const days = stats.get(ChannelId) ?? new Map<Int, number>();
    stats.set(ChannelId, days);
    const day = dayOf(CreateAt);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return stats;
}

const MILLISECONDS_OF_DAY = 24n * 60n * 60n * 1000n;

/** Rounds down, before 1970 too. No int64 of milliseconds has more days than a number counts exactly. */
function dayOf(at: Int): number {
  const time = BigInt(at);
  const day = time / MILLISECONDS_OF_DAY;
  return Number(time % MILLISECONDS_OF_DAY < 0n ? day - 1n : day);
}
