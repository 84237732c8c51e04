using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <content>Calls of helpers, and operations on values of kinds that only the recording's mixture is known of.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>A call of a helper with arguments of the types that its parameters want.</summary>
    private IrNode Call(RegionHelper helper, params IrNode[] inputs)
    {
        IrNode node = _graph.NewNode(IrOp.Call, helper.Result, inputs);
        node.Payload = helper;
        if (node.MayExit)
        {
            // A helper with effects has them behind the snapshot: it must not be shared with guards before.
            node.Exit = helper.Writes == IrMemory.None ? Here() : NewSnapshot(_pc);
        }

        Append(node);
        return node;
    }

    private bool BuildValue(Instruction i) => BuildPattern(i) || BuildContainer(i);
}
