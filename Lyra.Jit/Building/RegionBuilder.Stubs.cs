using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

internal sealed partial class RegionBuilder
{
    private bool BuildVariable(Instruction i) => false;

    private bool BuildElement(Instruction i) => false;

    private bool BuildMember(Instruction i) => false;

    private bool BuildIteration(Instruction i) => false;

    private bool BuildCall(Instruction i) => false;

    private void InterpretedBackEdge(Instruction i, Ir.IrNode node, int target) => EndWithExit();
}
