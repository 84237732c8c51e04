using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>
/// Merges paths into one block. A value that all paths bring is used as it is; values that differ become a parameter of the block, boxed
/// unless all have one representation.
/// </summary>
internal sealed class JoinBuilder(BuildState state, IrBuilder ir, RegisterFile registers)
{
    /// <summary>Goes on at an instruction of the script with all the paths that lead there, except back-edges.</summary>
    public void Join(int leader, List<Path> paths)
    {
        ir.Snapshots.Invalidate();
        if (paths.Count > 1)
        {
            Merge(leader, paths);
            return;
        }

        Resume(paths[0].Block, paths[0].Registers, paths[0].IsDirty);
    }

    /// <summary>Merges paths in a new block and goes on there.</summary>
    /// <param name="pc">The instruction at which they meet: only registers that are live there are merged.</param>
    /// <param name="paths">The paths.</param>
    public void Merge(int pc, List<Path> paths)
    {
        IrBlock block = NewBlock(pc);
        IrNode?[] merged = new IrNode?[state.Frame.Registers.Length];
        bool[] dirty = new bool[merged.Length];
        IrBlock[] predecessors = BlocksOf(paths);
        List<IrNode>[] arguments = NewArguments(paths.Count);
        LivenessMap liveness = state.Frame.Code.Liveness;
        for (int register = 0; register < merged.Length; register++)
        {
            if (liveness.IsLive(pc, register))
            {
                merged[register] = MergeRegister(block, paths, predecessors, register, arguments);
                dirty[register] = IsDirtyInAny(paths, register);
            }
        }

        for (int path = 0; path < paths.Count; path++)
        {
            IrBuilder.Jump(predecessors[path], block, [.. arguments[path]]);
        }

        Resume(block, merged, dirty);
    }

    /// <summary>Merges the ends of an inlined call in a new block, each with its value; returns the merged value.</summary>
    public IrNode MergeValues(IrBlock[] ends, IrNode[] values)
    {
        IrBlock block = NewBlock(state.Pc);
        List<IrNode>[] arguments = NewArguments(ends.Length);
        bool isSame = System.Array.TrueForAll(values, value => value == values[0]);
        IrNode merged = isSame ? values[0] : CommonOrigin(values) ?? NewParameter(block, ends, values, arguments);
        for (int end = 0; end < ends.Length; end++)
        {
            IrBuilder.Jump(ends[end], block, [.. arguments[end]]);
        }

        ir.Block = block;
        return merged;
    }

    public IrNode NewParameter(IrBlock block, Representation representation)
    {
        IrNode parameter = state.Graph.NewNode(IrOp.Parameter, representation.Type);
        parameter.Payload = representation.Shape;
        parameter.Block = block;
        block.Parameters.Add(parameter);
        return parameter;
    }

    private void Resume(IrBlock block, IrNode?[] values, bool[] dirty)
    {
        ir.Block = block;
        state.Frame.Registers = values;
        state.Frame.IsDirty = dirty;
    }

    private IrBlock NewBlock(int pc)
    {
        IrBlock block = state.Graph.NewBlock();
        block.Origin = state.Origin(pc);
        return block;
    }

    private static IrBlock[] BlocksOf(List<Path> paths)
    {
        IrBlock[] blocks = new IrBlock[paths.Count];
        for (int path = 0; path < blocks.Length; path++)
        {
            blocks[path] = paths[path].Block;
        }

        return blocks;
    }

    private static List<IrNode>[] NewArguments(int count)
    {
        List<IrNode>[] arguments = new List<IrNode>[count];
        for (int i = 0; i < count; i++)
        {
            arguments[i] = [];
        }

        return arguments;
    }

    private static bool IsDirtyInAny(List<Path> paths, int register)
    {
        foreach (Path path in paths)
        {
            if (path.IsDirty[register])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of a register after a join; null when it is dead.</summary>
    private IrNode? MergeRegister(IrBlock block, List<Path> paths, IrBlock[] predecessors, int register, List<IrNode>[] arguments)
    {
        IrNode?[] values = new IrNode?[paths.Count];
        bool isSame = true;
        bool isNone = true;
        for (int path = 0; path < paths.Count; path++)
        {
            values[path] = paths[path].Registers[register];
            isSame &= values[path] == values[0];
            isNone &= values[path] is null;
        }

        if (isNone || isSame)
        {
            return values[0];
        }

        for (int path = 0; path < paths.Count; path++)
        {
            values[path] ??= registers.Initial(register);
            if (values[path] is null)
            {
                return null;
            }
        }

        return CommonOrigin(values!) ?? NewParameter(block, predecessors, values!, arguments);
    }

    /// <summary>The value that all paths hold, narrowed on some of them; null when they hold different ones.</summary>
    private static IrNode? CommonOrigin(IrNode[] values)
    {
        IrNode origin = values[0].Unrefined;
        foreach (IrNode value in values)
        {
            if (value.Unrefined != origin)
            {
                return null;
            }
        }

        return origin;
    }

    private IrNode NewParameter(IrBlock block, IrBlock[] predecessors, IrNode[] values, List<IrNode>[] arguments)
    {
        Representation common = Representation.Of(values[0]);
        foreach (IrNode value in values)
        {
            common = Representation.Of(value) == common ? common : Representation.Any;
        }

        IrNode parameter = NewParameter(block, common);
        for (int path = 0; path < values.Length; path++)
        {
            ir.Block = predecessors[path];
            arguments[path].Add(common.Type == IrType.Any ? ir.Box(values[path]) : values[path]);
        }

        return parameter;
    }
}
