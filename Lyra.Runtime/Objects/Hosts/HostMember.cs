namespace Lyra.Runtime.Objects;

/// <summary>
/// A member that a host type has in scripts: a method, or a property. The procs take the object as their first argument, except for
/// members of the type itself.
/// </summary>
/// <param name="name">The name in scripts.</param>
internal sealed class HostMember(string name)
{
    public string Name { get; } = name;

    /// <summary>The method; null for a property.</summary>
    public NativeProc? Method { get; init; }

    /// <summary>Reads the property; null for a method, and for a property that can only be written.</summary>
    public NativeProc? Getter { get; init; }

    /// <summary>Writes the property; null for a method, and for a property that can only be read.</summary>
    public NativeProc? Setter { get; init; }
}
