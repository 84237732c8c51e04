using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>Makes values of objects that <see cref="Value"/> itself does not know.</summary>
internal static class ValueExtensions
{
    extension(Value)
    {
        /// <summary>A str with the text of a .NET string; nil for null.</summary>
        public static Value FromText(string? text) => text is null ? default : new(ScriptString.From(text), 0);
    }
}
