using System;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>The exact .NET class of an object of the host, for which calls of its virtual methods were analyzed.</summary>
/// <param name="Type">The type that the host has defined for it, which another guard has tested.</param>
/// <param name="Exact">The class of the object itself: the .NET type of <paramref name="Type"/> or a subclass of it.</param>
internal sealed record HostClass(HostType Type, Type Exact);
