namespace Lyra.Fuzz.Running;

/// <summary>A thing of another class.</summary>
internal sealed class HostOther : HostThing
{
    public override int Level { get; set; } = 3;
}
