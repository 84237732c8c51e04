using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Reuse;

/// <summary>An object that a graph makes, and what is known about who may refer to it and to its content.</summary>
/// <remarks>
/// Level 0 is the object, level 1 what it contains, level 2 what that contains, and so on. Content belongs to the object if the graph made
/// it for this object alone.
/// </remarks>
internal sealed class TrackedObject(IrNode node)
{
    private int _levels = int.MaxValue;

    /// <summary>The operation that makes it.</summary>
    public IrNode Node { get; } = node;

    /// <summary>Whether something may refer to it that is no object of the graph, or that outlives it.</summary>
    public bool Escapes { get; private set; }

    /// <summary>The object that contains it, if only one does; null for none.</summary>
    public TrackedObject? Owner { get; private set; }

    /// <summary>The objects that it owns, as far as the graph tells.</summary>
    public List<TrackedObject> Parts { get; } = [];

    /// <summary>Notes that content of this level, and all below it, may be referred to by others.</summary>
    public void Share(int level)
    {
        Escapes |= level == 0;
        _levels = Math.Min(_levels, level);
    }

    /// <summary>Makes another object its owner; one that has an owner already escapes.</summary>
    public void Join(TrackedObject owner)
    {
        owner.Parts.Add(this);
        if (Owner is null && owner != this)
        {
            Owner = owner;
        }
        else
        {
            Share(0);
        }
    }

    /// <summary>The levels, up to <paramref name="most"/>, that nothing refers to when the object is dead; 0 if it escapes.</summary>
    public int Levels(int most)
    {
        int levels = Math.Min(_levels, most);
        if (levels > 1)
        {
            foreach (TrackedObject part in Parts)
            {
                levels = Math.Min(levels, 1 + part.Levels(levels - 1));
            }
        }

        return levels;
    }
}
