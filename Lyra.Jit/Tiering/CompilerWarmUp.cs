using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Emission;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Passes;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Compiles a graph made by hand, so that the CLR has loaded what optimizes and emits regions when the first region of the process is
/// compiled: otherwise most of its 20 ms are spent on that. It needs neither a script nor a recording, so it can run while the first
/// script is still being compiled to bytecode.
/// </summary>
internal static class CompilerWarmUp
{
    /// <summary>Compiles the graph. The code never runs.</summary>
    /// <param name="betweenSteps">Called between the steps, of which none takes more than some milliseconds.</param>
    public static void Run(Action betweenSteps)
    {
        IrGraph graph = NewGraph();
        PassList.Run(graph, PassRun.All, new Steps(betweenSteps));
        EmittedRegion emitted = RegionEmitter.Emit(graph);
        betweenSteps();
        RuntimeHelpers.RunClassConstructor(typeof(RegionTags).TypeHandle);
        betweenSteps();
        RuntimeHelpers.PrepareDelegate(
            IlReplay.ToDynamicMethod(emitted.Code, "lyra warm-up").CreateDelegate(typeof(LoopCode), target: null));
    }

    /// <summary>
    /// The loop <c>while i &lt; n { sum += sqrt(list[i % 2]); i += 1 }</c>, as the builder would make it: what most first regions consist
    /// of.
    /// </summary>
    public static IrGraph NewGraph() => new Maker().Make();

    /// <summary>Makes the graph.</summary>
    private sealed class Maker
    {
        private const int ListRegister = 0;
        private const int LimitRegister = 1;
        private const int SumRegister = 2;
        private const int IndexRegister = 3;

        private readonly IrGraph _graph = new(RegionKind.Loop, NewProc(), 0);
        private IrBlock _block = null!;

        public IrGraph Make()
        {
            _block = _graph.NewBlock();
            Snapshot atEntry = SnapshotAt(0);
            IrNode list = Exiting(IrOp.UnboxObject, IrType.List, atEntry, Register(ListRegister));
            IrNode limit = Exiting(IrOp.UnboxInt, IrType.Int, atEntry, Register(LimitRegister));
            IrNode sum = Exiting(IrOp.UnboxFloat, IrType.Float, atEntry, Register(SumRegister));
            IrNode index = Exiting(IrOp.UnboxInt, IrType.Int, atEntry, Register(IndexRegister));
            IrBlock entry = _block;
            _block = _graph.NewBlock();
            _block.IsLoopHead = true;
            entry.End = IrEnd.Jump;
            entry.First = new IrEdge(_block, [sum, index]);
            Body(list, limit, Parameter(IrType.Float), Parameter(IrType.Int));
            return _graph;
        }

        private void Body(IrNode list, IrNode limit, IrNode sum, IrNode index)
        {
            _block.HeadSnapshot = SnapshotAt(0);
            Snapshot before = SnapshotAt(1, (SumRegister, sum), (IndexRegister, index));
            IrNode position = Plain(IrOp.ModInt, IrType.Int, index, Constant(2));
            IrNode isFloats = Plain(
                IrOp.EqInt, IrType.Bool, Plain(IrOp.ListStrategy, IrType.Int, list), Constant((long)ListStrategy.Floats));
            Exiting(IrOp.Guard, IrType.None, before, isFloats);
            Exiting(IrOp.GuardIndex, IrType.None, before, position, Plain(IrOp.ListCount, IrType.Int, list));
            IrNode array = Plain(IrOp.ListFloats, IrType.FloatArray, list);
            IrNode root = Plain(IrOp.Call, IrType.Float, Plain(IrOp.LoadFloat, IrType.Float, array, position));
            root.Payload = RegionHelpers.SqrtOf;
            IrNode nextSum = Plain(IrOp.AddFloat, IrType.Float, sum, root);
            IrNode nextIndex = Exiting(IrOp.AddIntChecked, IrType.Int, before, index, Constant(1));
            Snapshot after = SnapshotAt(2, (SumRegister, nextSum), (IndexRegister, nextIndex));
            Exiting(IrOp.Guard, IrType.None, after, Plain(IrOp.LtInt, IrType.Bool, nextIndex, limit));
            Exiting(IrOp.ChargeSteps, IrType.None, after).Bits = 1;
            _block.End = IrEnd.Jump;
            _block.First = new IrEdge(_block, [nextSum, nextIndex]);
        }

        private static LinkedPrototype NewProc()
        {
            ScriptSource source = new("warm-up", string.Empty);
            Prototype prototype = Prototype.WithoutTables(source, "warm-up", instructions: 3, registers: IndexRegister + 1, children: []);
            CompiledModule module = new()
            {
                Source = source,
                Main = prototype,
                Variables = [],
                Externals = [],
                Aliases = [],
                Enums = [],
                Builtins = [],
            };
            return new LinkedPrototype(prototype, new ModuleInstance("warm-up", module));
        }

        private Snapshot SnapshotAt(int pc, params (int Register, IrNode Value)[] registers)
        {
            SnapshotFrame frame = new() { Code = _graph.Root, Pc = pc, Base = 0, ReturnSlot = 0, Slots = [] };
            foreach ((int register, IrNode value) in registers)
            {
                frame.Slots.Add(new SnapshotSlot(register, value));
            }

            return _graph.NewSnapshot([frame]);
        }

        private IrNode Register(int register)
        {
            IrNode node = Plain(IrOp.LoadRegister, IrType.Any);
            node.Bits = register;
            return node;
        }

        private IrNode Constant(long value)
        {
            IrNode node = Plain(IrOp.ConstInt, IrType.Int);
            node.Bits = value;
            return node;
        }

        private IrNode Parameter(IrType type)
        {
            IrNode node = _graph.NewNode(IrOp.Parameter, type);
            node.Block = _block;
            _block.Parameters.Add(node);
            return node;
        }

        private IrNode Exiting(IrOp op, IrType type, Snapshot exit, params IrNode[] inputs)
        {
            IrNode node = Plain(op, type, inputs);
            node.Exit = exit;
            return node;
        }

        private IrNode Plain(IrOp op, IrType type, params IrNode[] inputs)
        {
            IrNode node = _graph.NewNode(op, type, inputs);
            node.Block = _block;
            _block.Nodes.Add(node);
            return node;
        }
    }

    private sealed class Steps(Action between) : IPassObserver<IrGraph>
    {
        public void After(string pass, IrGraph code, TimeSpan elapsed) => between();
    }
}
