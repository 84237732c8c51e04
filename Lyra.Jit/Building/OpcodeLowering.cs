using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>
/// Says for every opcode which method lowers it. An instruction that can't be lowered, in general or for the recorded values, is an
/// interpreter call-out.
/// </summary>
internal sealed class OpcodeLowering : Lowering
{
    private readonly CallOutLowering _callOuts;
    private readonly ArithmeticLowering _arithmetic;
    private readonly JumpLowering _jumps;
    private readonly SwitchLowering _switches;
    private readonly LoopLowering _loops;
    private readonly IterationLowering _iteration;
    private readonly GeneratorLowering _generators;
    private readonly TaskLowering _tasks;
    private readonly VariableLowering _variables;
    private readonly MemberLowering _members;
    private readonly StructLowering _structs;
    private readonly SlotConversion _slots;
    private readonly ElementLowering _elements;
    private readonly ContainerLowering _containers;
    private readonly PatternLowering _patterns;
    private readonly CallLowering _calls;
    private readonly SpreadCalls _spreads;
    private readonly NativeCallLowering _natives;
    private readonly ReturnLowering _returns;

    public OpcodeLowering(BuildParts parts, FrameBuilder frames)
        : base(parts)
    {
        CallChooser chooser = new(parts.State);
        Inliner inliner = new(parts, frames, chooser);
        ProcCalls procs = new(parts, chooser, inliner);
        _callOuts = new CallOutLowering(parts);
        ShapeArms arms = new(parts, _callOuts);
        HookLowering hooks = new(parts, procs, inliner, arms);
        NumberOperations numbers = new(parts);
        TextComparisons texts = new(parts);
        _slots = new SlotConversion(parts);
        FieldTypes fields = new(parts);
        ListAccess lists = new(parts, _slots);
        MapAccess maps = new(parts, texts);
        HostCallLowering hostCalls = new(parts, numbers, texts);
        HostMemberLowering hosts = new(parts, hostCalls, _callOuts);
        _arithmetic = new ArithmeticLowering(parts, numbers, hooks, hosts);
        _jumps = new JumpLowering(parts, new Comparisons(parts, numbers, texts, hooks, hosts));
        _loops = new LoopLowering(parts);
        _generators = new GeneratorLowering(parts, frames, chooser, _callOuts);
        _tasks = new TaskLowering(parts);
        _iteration = new IterationLowering(parts, lists, _generators, _tasks);
        _variables = new VariableLowering(parts);
        _members = new MemberLowering(parts, _slots, fields, _variables, arms, hosts, maps);
        _structs = new StructLowering(parts, _slots, fields, procs);
        _elements = new ElementLowering(parts, lists, maps, hooks, hosts);
        _containers = new ContainerLowering(parts, lists);
        _patterns = new PatternLowering(parts, texts, maps);
        _switches = new SwitchLowering(parts, texts, _patterns);
        IntrinsicLowering intrinsics = new(parts, numbers, texts, lists, maps);
        _natives = new NativeCallLowering(parts, intrinsics, hostCalls, hooks, arms);
        _spreads = new SpreadCalls(parts, arms, lists);
        IndirectCalls indirect = new(parts, procs.Chooser, _callOuts);
        _calls = new CallLowering(parts, procs, indirect, _natives, _members, arms, hosts) { Spreads = _spreads };
        _returns = new ReturnLowering(parts);
    }

    /// <summary>Lowers the present instruction.</summary>
    public void Lower(Instruction i)
    {
        if (_callOuts.RaisesOften || !TryLower(i))
        {
            _callOuts.CallInterpreter(i);
        }
    }

    private bool TryLower(Instruction i) => i.Op switch
    {
        // Registers and constants
        Opcode.Nop => true,
        Opcode.Count => Count(i),
        Opcode.Enter => Enter(i),
        Opcode.Time => true,
        Opcode.Move => Set(i.A, Registers.Get(i.B)),
        Opcode.LoadConst => Set(i.A, Ir.ConstantOf(Frame.Code.Constants[i.Wide])),
        Opcode.LoadInt => Set(i.A, Ir.Int(i.Wide)),
        Opcode.LoadNil => Set(i.A, Ir.Nil()),
        Opcode.LoadBool => Set(i.A, Ir.Bool(i.B != 0)),
        Opcode.LoadUnset => Set(i.A, Ir.Unset()),

        // Variables
        Opcode.GetModule => _variables.GetModule(i),
        Opcode.SetModule => _variables.SetModule(i),
        Opcode.GetExternal => _variables.GetExternal(i),
        Opcode.SetExternal => _variables.SetExternal(i),
        Opcode.GetBuiltin => _variables.GetBuiltin(i),
        Opcode.GetCapture => _variables.GetCapture(i),
        Opcode.GetUpvalue => _variables.GetUpvalue(i),
        Opcode.SetUpvalue => _variables.SetUpvalue(i),
        Opcode.NewUpvalue => _variables.NewUpvalue(i),
        Opcode.NewUnsetUpvalue => _variables.NewUnsetUpvalue(i),
        Opcode.LoadUpvalue => _variables.LoadUpvalue(i),
        Opcode.StoreUpvalue => _variables.StoreUpvalue(i),
        Opcode.NewClosure => _variables.NewClosure(i),

        // Arithmetic
        Opcode.Add or Opcode.Sub or Opcode.Mul or Opcode.Div or Opcode.Mod or Opcode.Pow or Opcode.BitAnd or Opcode.BitOr
            or Opcode.BitXor or Opcode.Shl or Opcode.Shr => _arithmetic.Binary(i),
        Opcode.AddInt or Opcode.SubInt or Opcode.MulInt or Opcode.DivInt or Opcode.ModInt or Opcode.BitAndInt or Opcode.ShlInt
            or Opcode.ShrInt => _arithmetic.BinaryWithInt(i),
        Opcode.AddConst or Opcode.SubConst or Opcode.MulConst or Opcode.DivConst => _arithmetic.BinaryWithConstant(i),
        Opcode.Neg or Opcode.BitNot => _arithmetic.Unary(i),
        Opcode.Not => Set(i.A, Ir.Not(Ir.Truth(B(i)))),
        Opcode.Concat => SetIfAny(i.A, _containers.Concat(Registers.Range(i.B, i.C))),

        // Comparisons
        Opcode.Eq or Opcode.Ne or Opcode.Lt or Opcode.Le => _jumps.CompareToRegister(i),
        Opcode.Is => Set(i.A, _patterns.Identity(B(i), C(i))),
        Opcode.In => SetIfAny(i.A, _patterns.Membership(B(i), C(i))),

        // Jumps
        Opcode.Jump => _jumps.Jump(i),
        Opcode.JumpIf => _jumps.OnTruth(i, jumpsWhenTrue: true),
        Opcode.JumpIfNot => _jumps.OnTruth(i, jumpsWhenTrue: false),
        Opcode.JumpIfNil => _jumps.OnNil(i, jumpsWhenNil: true),
        Opcode.JumpIfNotNil => _jumps.OnNil(i, jumpsWhenNil: false),
        Opcode.JumpIfSet => _jumps.OnSet(i),
        Opcode.JumpEq or Opcode.JumpNe or Opcode.JumpLt or Opcode.JumpLe or Opcode.JumpNotLt or Opcode.JumpNotLe
            or Opcode.JumpEqInt or Opcode.JumpNeInt or Opcode.JumpLtInt or Opcode.JumpLeInt or Opcode.JumpGtInt or Opcode.JumpGeInt
            or Opcode.JumpNotLtInt or Opcode.JumpNotLeInt or Opcode.JumpNotGtInt or Opcode.JumpNotGeInt
            or Opcode.JumpEqConst or Opcode.JumpNeConst => _jumps.OnComparison(i),
        Opcode.Switch => _switches.Switch(i),

        // Loops and steps
        Opcode.Charge => _loops.Charge(i),
        Opcode.LoopHead => _loops.LoopHead(i),
        Opcode.ForPrep => _loops.ForPrep(i),
        Opcode.ForPrepInclusive => _loops.ForPrepInclusive(i),
        Opcode.ForLoop => _loops.ForLoop(i),
        Opcode.IterPrep => _iteration.IterPrep(i),
        Opcode.ForEach or Opcode.ForEachPair => _iteration.ForEach(i),
        Opcode.CloseIter => _iteration.CloseIter(i),
        Opcode.GiveIter => _iteration.GiveIter(i),

        // Members, elements, containers
        Opcode.GetField => _members.GetField(i),
        Opcode.SetField => _members.SetField(i),
        Opcode.LoadMethod => _members.LoadMethod(i),
        Opcode.GetIndex => _elements.GetElement(i, B(i), C(i)),
        Opcode.GetIndexInt => _elements.GetElement(i, B(i), Ir.Int(i.SignedC)),
        Opcode.SetIndex => _elements.SetElement(i),
        Opcode.Length => _elements.Length(i),
        Opcode.Slice => SetIfAny(i.A, _containers.Slice(B(i), C(i), Registers.Get(i.C + 1))),
        Opcode.NewList => SetIfAny(i.A, _containers.NewList(Registers.Range(i.B, i.C))),
        Opcode.NewTyped => Set(i.A, _containers.NewTyped(Frame.Code.SlotType(i.Wide))),
        Opcode.NewTuple => Set(i.A, _containers.NewTuple(Registers.Range(i.B, i.C))),
        Opcode.NewMap => SetIfAny(i.A, _containers.NewMap(Registers.Range(i.B, 2 * i.C))),
        Opcode.NewRange => SetIfAny(i.A, _containers.NewRange(B(i), C(i), isInclusive: false)),
        Opcode.NewRangeInclusive => SetIfAny(i.A, _containers.NewRange(B(i), C(i), isInclusive: true)),
        Opcode.Append => _containers.Append(i),
        Opcode.SetElementType => _containers.SetElementType(i),
        Opcode.Unpack => _containers.Unpack(i),

        // Calls
        Opcode.Call => _calls.Call(i),
        Opcode.CallProc => _calls.CallProc(i),
        Opcode.CallBuiltin => _calls.CallBuiltin(i),
        Opcode.CallMethod => _calls.CallMethod(i),
        Opcode.CallEx => _calls.CallEx(i),
        Opcode.Extend => _spreads.Extend(i),
        Opcode.Spread => _spreads.Spread(i),
        Opcode.NewStruct => _structs.NewStruct(i),
        Opcode.MakeStruct => _structs.MakeStruct(i),
        Opcode.Return => _returns.Return(Registers.Get(i.A)),
        Opcode.ReturnNil => _returns.Return(null),

        // Annotations and patterns
        Opcode.CheckSlot => _slots.CheckSlot(i),
        Opcode.TestType => Set(i.A, _patterns.TestType(i)),
        Opcode.FindType => Set(i.A, _patterns.FindType(i)),
        Opcode.TestList or Opcode.TestListPrefix or Opcode.TestTuple or Opcode.TestTuplePrefix or Opcode.TestMap
            or Opcode.TestMapPrefix => Set(i.A, _patterns.TestContainer(i.Op, B(i), i.C)),
        Opcode.TestRange => SetIfAny(i.A, _patterns.TestRange(B(i), C(i), Registers.Get(i.C + 1))),

        // Errors, generators, tasks
        Opcode.EndFinally => _callOuts.EndFinally(i),
        Opcode.Yield => _generators.Yield(i),
        Opcode.Await => _tasks.Await(i),
        Opcode.Spawn => _tasks.Spawn(i),

        // Instructions that only the interpreter executes
        Opcode.NewStructType or Opcode.Throw or Opcode.NoMatch or Opcode.Import
            or Opcode.ImportName or Opcode.Trap => false,
    };

    private bool Count(Instruction i)
    {
        Ir.Call(RegionHelpers.Count, Ir.Foreign(Frame.Code.Prototype.Counts!.Compiled), Ir.Int(i.Wide));
        return true;
    }

    private bool Enter(Instruction i)
    {
        Ir.Call(RegionHelpers.Enter, Ir.Foreign(Frame.Code.Prototype.Counts!), Ir.Int(i.Wide));
        return true;
    }

    /// <summary>The value of R[B].</summary>
    private IrNode B(Instruction i) => Registers.Operand(i.B, Profile.B);

    /// <summary>The value of R[C].</summary>
    private IrNode C(Instruction i) => Registers.Operand(i.C, Profile.C);
}
