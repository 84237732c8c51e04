using System;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>The exact .NET classes of an object of the host, for which calls of its virtual methods were analyzed.</summary>
/// <param name="type">The type that the host has defined for it, which another guard has tested.</param>
/// <param name="exact">
/// The classes that the object itself may have, one or more: the .NET type of <paramref name="type"/> or subclasses of it.
/// </param>
internal sealed class HostClasses(HostType type, Type[] exact) : IEquatable<HostClasses>
{
    public HostType Type { get; } = type;

    public Type[] Exact { get; } = exact;

    public bool Equals(HostClasses? other) =>
        other is not null && ReferenceEquals(Type, other.Type) && Exact.AsSpan().SequenceEqual(other.Exact);

    public override bool Equals(object? obj) => Equals(obj as HostClasses);

    public override int GetHashCode() => HashCode.Combine(Type, Exact.Length, Exact[0]);

    public override string ToString() => string.Join('|', Array.ConvertAll(Exact, type => type.Name));
}
