using System;
using System.ComponentModel;
using Lyra.Runtime.HostTypes;

namespace Lyra;

/// <summary>What the source generator calls. Programs have no use for it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LyraGeneratedType
{
    /// <summary>Registers the marked members of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="name">The name of the type in scripts.</param>
    /// <param name="members">Adds the members to a builder.</param>
    public static void Register<T>(string name, Action<LyraTypeBuilder<T>> members)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(members);
        GeneratedTypes.Add(name, members);
    }
}
