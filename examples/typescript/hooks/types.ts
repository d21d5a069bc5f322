// The types of examples/contracts/hooks.json as they reach a handler: Go's ints are numbers while these are exact, and
// bigints beyond, its maps are Maps, its []byte is Uint8Array. What the host did not send is zero, not missing. (These
// are type aliases since an interface does not fit the general Value.)

export type Int = number | bigint;

export type Post = {
  Id: string;
  ChannelId: string;
  UserId: string;
  Message: string;
  /** Milliseconds since 1970. */
  CreateAt: Int;
  Tags: string[];
  Props: Map<string, string>;
};

export type User = {
  Id: Int;
  Username: string;
  Roles: string[];
  /** Milliseconds since 1970. */
  LastSeen: Int;
  Bot: boolean;
};

/** A nil Author arrives as a User whose fields are all zero: gob sends neither. */
export type MessageWillBePostedArgs = { Post: Post; Author: User };

/** `null` is a nil pointer: the post stays as it is. */
export type MessageWillBePostedReply = { Post: Post | null; Rejection: string };

export type CommandArgs = { Command: string; UserId: string; ChannelId: string; TeamId: string };

export type CommandResponse = { Text: string; Public: boolean };

export type HasPermissionArgs = { User: User; Permission: string };

export type Props = Map<string, string>;

export type MergePropsArgs = { Old: Props; Updated: Props };

export type MergePropsReply = { Props: Props; Changed: string[] };

export type ConvertArgs = { Value: number; From: string; To: string };

export type TransformPointArgs = { Matrix: number[][]; Point: number[] };

export type FileInfo = { Size: number; Head: Uint8Array; CRC32: number; SHA256: number[] };

export type Node = { Name: string; Weight: number; Children: Node[] };

export type MirrorTreeReply = { Root: Node; Nodes: number; Levels: number };

/** API is the broker id on which the host serves its API while the hook runs. */
export type LogLinesArgs = { API: number; Lines: string[] };

export type SumKeysArgs = { API: number; Keys: string[] };

export type SumKeysReply = { Total: Int; Missing: string[] };

export type CopyKeysArgs = { API: number; Keys: string[]; Prefix: string };

export type CopyKeysReply = { Bytes: number; Missing: string[] };
