namespace Lyra.Runtime.Objects;

/// <summary>A str in builder form whose text was asked for: the text, and the buffer to which appends stay cheap.</summary>
internal sealed class FlattenedText(TextBuffer buffer, string text)
{
    public readonly TextBuffer Buffer = buffer;

    public readonly string Text = text;

    /// <summary>Bytes of this object and a text of this length.</summary>
    public static long BytesFor(int length) => 32 + 24 + (2L * length);
}
