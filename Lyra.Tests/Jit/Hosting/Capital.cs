using System;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>A class with an override that returns a subclass, and counts its calls, some of which throw.</summary>
public sealed class Capital : Town
{
    public override string Name => "capital";

    public override Capital Parent
    {
        get
        {
            Visits++;
            return Visits % 50 == 0 ? throw new InvalidOperationException("closed") : this;
        }
    }
}
