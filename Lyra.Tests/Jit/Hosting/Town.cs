using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>A class whose members only read.</summary>
public class Town : Place
{
    public override string Name => "town";

    public override Place Parent => this;
}
