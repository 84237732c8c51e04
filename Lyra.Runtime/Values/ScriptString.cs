using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Values;

/// <summary>A str: an immutable sequence of UTF-16 code units.</summary>
internal sealed class ScriptString : ScriptObject
{
    private readonly string _text;

    private ScriptString(string text) => _text = text;

    /// <summary>The text as a .NET string.</summary>
    public string Text => _text;

    public int Length => _text.Length;

    public override ValueKind Kind => ValueKind.Str;

    public override string TypeName => "str";

    public override long OwnBytes => 56 + (2L * Length);

    public static ScriptString From(string text) => new(text);
}
