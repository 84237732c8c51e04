using System;

namespace Lyra.Fuzz.Running;

/// <summary>A thing of a class that the host has not defined, with an override that may throw.</summary>
internal class HostDerived : HostThing
{
    private readonly int[] _levels = [3, 1, 4, 1];

    public override int Level
    {
        get => _levels[Count & 3];
        set => _levels[Count & 3] = value >= 0 ? value : throw new InvalidOperationException("a level is negative");
    }
}
