namespace Lyra.Cli.Repl;

/// <summary>The classes of characters that have a colour of their own.</summary>
internal enum TextClass : byte
{
    Plain,
    Keyword,
    Number,
    Text,
    Comment,

    /// <summary>A builtin proc, such as <c>print</c>.</summary>
    Builtin,

    /// <summary>A command of the session, such as <c>:load</c>.</summary>
    Command,
}
