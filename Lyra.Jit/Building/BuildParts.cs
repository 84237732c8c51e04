namespace Lyra.Jit.Building;

/// <summary>The parts of the builder that every lowering class uses, for one attempt.</summary>
internal sealed class BuildParts
{
    public BuildParts(BuildState state)
    {
        State = state;
        Ir = new IrBuilder(state, new SnapshotBuilder(state));
        Registers = new RegisterFile(state, Ir);
        Joins = new JoinBuilder(state, Ir, Registers);
        Loops = new LoopBuilder(state, Ir, Registers, Joins);
        Paths = new PathBuilder(state, Ir, Registers, Joins, Loops);
    }

    public BuildState State { get; }

    public IrBuilder Ir { get; }

    public RegisterFile Registers { get; }

    public JoinBuilder Joins { get; }

    public LoopBuilder Loops { get; }

    public PathBuilder Paths { get; }
}
