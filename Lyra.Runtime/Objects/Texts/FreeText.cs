using System;
using System.Text;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The buffer in which builtins build texts piece by piece: each thread keeps one of at most 8 KB for the next text. A builtin that throws
/// leaves its buffer to the garbage collector. The memory of a text is charged by its length, so it does not depend on the buffer.
/// </summary>
internal static class FreeText
{
    private const int FirstCapacity = 128;

    /// <summary>In code units. Most texts are shorter.</summary>
    private const int LargestCapacity = 4096;

    [ThreadStatic]
    private static StringBuilder? _ofThread;

    /// <summary>An empty buffer for one text.</summary>
    public static StringBuilder Take()
    {
        StringBuilder text = _ofThread ?? new StringBuilder(FirstCapacity);
        _ofThread = null;
        return text;
    }

    /// <summary>The text. Nobody may use the buffer any more.</summary>
    /// <param name="context">Long texts are copied with looks at its clock.</param>
    /// <param name="text">The buffer.</param>
    public static string Finish(ScriptContext context, StringBuilder text)
    {
        string result = text.Length <= Pieces.Length<char>() ? text.ToString() : string.Create(text.Length, (context, text), Copy);
        if (text.Capacity <= LargestCapacity)
        {
            _ofThread = text.Clear();
        }

        return result;
    }

    private static void Copy(Span<char> target, (ScriptContext Context, StringBuilder Text) source)
    {
        foreach (ReadOnlyMemory<char> chunk in source.Text.GetChunks())
        {
            chunk.Span.CopyTo(target);
            target = target[chunk.Length..];
            source.Context.CheckClock();
        }
    }
}
