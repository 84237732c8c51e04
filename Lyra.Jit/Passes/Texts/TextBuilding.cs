using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Texts;

/// <summary>
/// Replaces a str to which a loop appends by a builder, so that the strs in between are never made:
/// <code>
///   jump block1(v1)                                     v10: Builder = Call BeginText v1; jump block1(v10)
///   block1(v2: Str) loop:                               block1(v2: Builder) loop:
///     v3: Str = Call ConcatStrs v2, v4 exit s1            v11: Builder = Call AppendText v2, v4 exit s1
///     branch v5 block2 block3                             branch v5 block2 block3
///   block2: jump block1(v3)                             block2: jump block1(v11)
///   block3: StoreRegister v3                            block3: v12: Str = Call EndText v11; StoreRegister v12
/// </code>
/// </summary>
/// <remarks>
/// The idea is that of LuaJIT's buffer operations, extended to loops. The values of a <see cref="TextChain"/> are one builder at different
/// times, so it is sound if none of them is used after the builder has changed, which <see cref="TextChainCheck"/> finds out. A snapshot
/// may refer to a builder: the exit makes the str. The charges stay the same, to the byte.
/// </remarks>
internal sealed class TextBuilding : IIrPass
{
    public string Name => "text-building";

    public bool Run(IrGraph graph)
    {
        if (!graph.Blocks.Exists(block => block.Nodes.Exists(TextChain.IsConcat)))
        {
            return false;
        }

        bool changed = false;
        TextFlow flow = new(graph);
        foreach (IrBlock head in flow.Order.Blocks)
        {
            for (int i = 0; head.IsLoopHead && i < head.Parameters.Count; i++)
            {
                if (TextChain.Of(flow, head.Parameters[i]) is not { } chain)
                {
                    continue;
                }

                if (TextChainCheck.Passes(flow, chain))
                {
                    TextRewriter.Run(flow, chain);
                    changed = true;
                }
                else
                {
                    flow.Rejected.Add(head.Parameters[i]);
                }
            }
        }

        return changed;
    }
}
