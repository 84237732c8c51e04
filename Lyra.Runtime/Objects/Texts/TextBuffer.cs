using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The growing characters behind strs built by repeated <c>+</c>. Each such str is a part of the buffer. A str that ends where the used
/// characters end may be appended to in place, and one that begins where they begin may be prepended to, because written characters
/// never change. A full buffer is replaced instead of enlarged, so that a short str never keeps more than a few times its own size alive.
/// </summary>
internal sealed class TextBuffer(ScriptContext owner, char[] chars)
{
    /// <summary>The context to which flattening is charged.</summary>
    public readonly ScriptContext Owner = owner;

    public readonly char[] Chars = chars;

    /// <summary>Where the characters written so far begin.</summary>
    public int First;

    /// <summary>Where they end.</summary>
    public int Used;

    /// <summary>Whether strs are added at both sides, so that the buffer that replaces this one has room there.</summary>
    public bool IsTwoSided { get; init; }

    /// <summary>Bytes of a buffer with this capacity.</summary>
    public static long BytesFor(int capacity) => 72 + (2L * capacity);
}
