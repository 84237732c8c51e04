using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>An object with a member of a type that another engine has defined.</summary>
public sealed class Barracks
{
    public Node? Owner { get; private set; }

    public void Enlist() => Owner = new Node();

    public void Dismiss() => Owner = null;
}
