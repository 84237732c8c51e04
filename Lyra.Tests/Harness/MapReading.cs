using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Tests.Harness;

/// <summary>Reads maps without charging steps.</summary>
internal static class MapReading
{
    /// <summary>Gets the value of a str key; false if the key is absent.</summary>
    public static bool TryGetText(this MapObject map, string key, out Value value)
    {
        int position = map.PositionOf(ScriptString.From(key));
        value = position < 0 ? default : map.ValueAt(position);
        return position >= 0;
    }
}
