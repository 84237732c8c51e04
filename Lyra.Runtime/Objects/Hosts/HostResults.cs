using System.Runtime.CompilerServices;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The values that the members of one object of the host have returned last: of objects and texts, and of collections that are properties.
/// What a member returns again has the same value, so a loop over objects with <c>unit.target.name</c> makes values at first only.
/// </summary>
/// <param name="types">The state of the engine's types for which the values are made.</param>
internal sealed class HostResults(object? types)
{
    /// <summary>The bytes of the object.</summary>
    public const long Bytes = 96;

    private const int Places = 4;

    private Entries _entries;
    private int _next;

    /// <summary>A member of an object whose results are not kept yet has been read once.</summary>
    public static readonly HostResults ReadOnce = new(new object());

    /// <summary>It has been read twice; with the third result, the first is kept.</summary>
    public static readonly HostResults ReadTwice = new(new object());

    /// <summary>
    /// The value that was made for an object or text; null when it is not kept, and for no object. Written out, because it is part of
    /// compiled code.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScriptObject? Find(object? source, object? currentTypes)
    {
        if (ReferenceEquals(types, currentTypes))
        {
            if (ReferenceEquals(_entries[0].Source, source))
            {
                return _entries[0].Value;
            }

            if (ReferenceEquals(_entries[1].Source, source))
            {
                return _entries[1].Value;
            }

            if (ReferenceEquals(_entries[2].Source, source))
            {
                return _entries[2].Value;
            }

            if (ReferenceEquals(_entries[3].Source, source))
            {
                return _entries[3].Value;
            }
        }

        return null;
    }

    /// <summary>Keeps a value instead of the oldest one.</summary>
    public void Keep(object source, ScriptObject value)
    {
        _entries[_next] = (source, value);
        _next = (_next + 1) % Places;
    }

    /// <summary>Whether values that are made now can be kept here.</summary>
    public bool AreFor(object? currentTypes) => ReferenceEquals(types, currentTypes);

    [InlineArray(Places)]
    private struct Entries
    {
        private (object? Source, ScriptObject? Value) _first;
    }
}
