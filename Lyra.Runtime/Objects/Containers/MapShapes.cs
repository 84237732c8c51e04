using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The shapes of an engine's maps: a tree whose root has no keys. It is bounded, because data from outside could have any keys: maps whose
/// shape is not made have a table of their own.
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

    /// <summary>The bytes of all shapes and of what else their keys need, as they were charged.</summary>
    public long Bytes { get; private set; }

    /// <summary>The shape with one more key; null if it does not exist and is not made. Charges what it makes.</summary>
    /// <exception cref="ScriptErrorException">A limit is exceeded.</exception>
    public MapShape? Next(ScriptContext context, MapShape shape, ScriptString key)
    {
        if (!ReferenceEquals(shape.Owner, this) || key.Length > MaxKeyLength)
        {
            return null;
        }

        return shape.TryGetNext(key, out MapShape? next) ? next : Make(context, shape, key);
    }

    private MapShape? Make(ScriptContext context, MapShape shape, ScriptString key)
    {
        long bytes = MapShape.BytesFor(shape.Count + 1) + ScriptString.BytesFor(key.Length);
        if (shape.Count == MapShape.MaxKeys || shape.NextCount == MaxNext || Bytes + bytes > MaxBytes)
        {
            return null;
        }

        // The key must not keep a longer text of which it is a part.
        ScriptString kept = key.IsAlone ? key : ScriptString.Copy(key.Span);
        context.ChargeMemory(bytes);
        Bytes += bytes;
        return shape.Add(kept);
    }
}
