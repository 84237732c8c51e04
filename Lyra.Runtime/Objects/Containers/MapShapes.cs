namespace Lyra.Runtime.Objects;

/// <summary>
/// The shapes of an engine's maps: a tree whose root has no keys. It is bounded, because data from outside could have any keys: maps whose
/// shape is not made have a table of their own. As it is bounded and one for all, no script pays for it: else the first map of a kind
/// would cost more than the others, in whichever tier makes it.
/// </summary>
internal sealed class MapShapes
{
    /// <summary>The most bytes of all shapes.</summary>
    private const long MaxBytes = 64 * 1024;

    /// <summary>The most shapes that differ in the last key only. Maps that are dictionaries have many first keys.</summary>
    private const int MaxNext = 64;

    /// <summary>Longer keys are no names.</summary>
    private const int MaxKeyLength = 64;

    public MapShapes() => Root = MapShape.Root(this);

    /// <summary>The shape without keys.</summary>
    public MapShape Root { get; }

    /// <summary>The bytes of all shapes and of what else their keys need.</summary>
    public long Bytes { get; private set; }

    /// <summary>The shape with one more key; null if it does not exist and is not made.</summary>
    public MapShape? Next(MapShape shape, ScriptString key)
    {
        if (!ReferenceEquals(shape.Owner, this) || key.Length > MaxKeyLength)
        {
            return null;
        }

        return shape.TryGetNext(key, out MapShape? next) ? next : Make(shape, key);
    }

    private MapShape? Make(MapShape shape, ScriptString key)
    {
        long bytes = MapShape.BytesFor(shape.Count + 1) + ScriptString.BytesFor(key.Length);
        if (shape.Count == MapShape.MaxKeys || shape.NextCount == MaxNext || Bytes + bytes > MaxBytes)
        {
            return null;
        }

        // The key must not keep a longer text of which it is a part.
        ScriptString kept = key.IsAlone ? key : ScriptString.Copy(key.Span);
        Bytes += bytes;
        return shape.Add(kept);
    }
}
