using System;
using System.Text;

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
    public static string Finish(StringBuilder text)
    {
        string result = text.ToString();
        if (text.Capacity <= LargestCapacity)
        {
            _ofThread = text.Clear();
        }

        return result;
    }
}
