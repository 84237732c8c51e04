using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The growing characters behind strs built by repeated <c>+</c>. Each such str is a prefix of the buffer. A str that ends where the
/// buffer ends may be appended to in place, because written characters never change. A full buffer is replaced instead of enlarged, so
/// that a short str never keeps more than a few times its own size alive.
/// </summary>
internal sealed class TextBuffer(ScriptContext owner, char[] chars)
{
    /// <summary>The context to which flattening is charged.</summary>
    public readonly ScriptContext Owner = owner;

    public readonly char[] Chars = chars;

    /// <summary>Characters written so far.</summary>
    public int Used;

    /// <summary>Bytes of a buffer with this capacity.</summary>
    public static long BytesFor(int capacity) => 56 + (2L * capacity);
}
