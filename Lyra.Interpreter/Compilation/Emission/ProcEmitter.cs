using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Emits the prototype of one proc or of a module's top level.
/// </summary>
/// <remarks>
/// Registers are a stack: parameters, then the locals of the open blocks, then temporaries. <c>Eval…To</c> methods leave a value in a given
/// register. When that register is the top one it is taken for scratch: operands may be computed in it and call windows begin at it, so that
/// <c>var x = f(a + b)</c> needs no moves. An assignment to an existing variable therefore evaluates into a scratch register and is moved; the
/// move mostly vanishes into the last instruction (<see cref="CodeBuffer.TryRetarget"/>).
/// An operand that is a local variable is used in place, unless code between its evaluation and its use may assign the variable.
/// </remarks>
internal sealed partial class ProcEmitter
{
    private const int MaxOperand = ushort.MaxValue;

    private readonly ModuleEmitter _owner;
    private readonly ProcContext _context;
    private readonly ResolvedModule _module;
    private readonly ConstantEvaluator _evaluator;
    private readonly CodeBuffer _code = new();
    private readonly ConstantPool _constants = new();
    private readonly List<Prototype> _children = [];
    private readonly List<string> _sites = [];
    private readonly Dictionary<string, int> _sharedSites = [];
    private readonly List<SlotType> _slotTypes = [];
    private readonly Dictionary<SlotType, int> _slotTypeIndexes = new(ReferenceEqualityComparer.Instance);
    private readonly List<CallDescriptor> _descriptors = [];
    private readonly Dictionary<string, int> _descriptorIndexes = [];
    private readonly List<StructInfo> _structs = [];
    private readonly List<ExitPoint> _exits = [];
    private readonly Stack<Label> _chainEnds = [];
    private int _top;
    private int _registerCount;
    private int _parameterEnd;
    private bool _isTooLarge;

    public ProcEmitter(ModuleEmitter owner, ProcContext context)
    {
        _owner = owner;
        _context = context;
        _module = owner.Module;
        _evaluator = new ConstantEvaluator(_module);
    }

    private void At(SourceSpan span)
    {
        (int line, int column) = _owner.Text.GetPosition(span.Start);
        _code.Position = SourcePosition.Pack(line, column);
    }

    private void Report(DiagnosticDescriptor descriptor, SourceSpan span, params System.ReadOnlySpan<string> details) =>
        _owner.Diagnostics.Report(descriptor, span, details);

    /// <summary>Takes registers from the top of the stack.</summary>
    private int Reserve(int count = 1)
    {
        int first = _top;
        _top += count;
        if (_top > MaxOperand) ReportTooLarge("registers");
        if (_top > _registerCount) _registerCount = _top;
        return first;
    }

    /// <summary>Takes the registers of the parameters, the first of the frame.</summary>
    private void ReserveParameters(int count)
    {
        Reserve(count);
        _parameterEnd = count;
    }

    /// <summary>Whether windows may begin here. Not in a parameter: a pass that makes room behind the parameters would tear them apart.</summary>
    private bool IsScratch(int register) => register == _top - 1 && register >= _parameterEnd;

    private void ReportTooLarge(string what)
    {
        if (!_isTooLarge)
        {
            SourceSpan span = _context.Node?.NameSpan ?? default;
            Report(CompilerDiagnostics.ProcTooLarge, span, _context.Name, $"{MaxOperand:N0}", what);
        }

        _isTooLarge = true;
    }

    /// <summary>An index that must fit a 16-bit operand.</summary>
    private int Fit(int index, string what)
    {
        if (index > MaxOperand) ReportTooLarge(what);
        return index;
    }

    /// <summary>A cache site for a member; when there are very many, places that name the same member share one.</summary>
    private int Site(string name)
    {
        const int SharingFrom = 60_000;
        if (_sites.Count >= SharingFrom && _sharedSites.TryGetValue(name, out int shared)) return shared;

        _sites.Add(name);
        _sharedSites[name] = _sites.Count - 1;
        return Fit(_sites.Count - 1, "member names");
    }

    private int TypeIndex(SlotType type)
    {
        if (_slotTypeIndexes.TryGetValue(type, out int index)) return index;

        index = _slotTypes.Count;
        _slotTypes.Add(type);
        _slotTypeIndexes.Add(type, index);
        return index;
    }

    private int DescriptorIndex(bool hasSpread, string[] names)
    {
        string key = (hasSpread ? "..." : "") + string.Join(',', names);
        if (_descriptorIndexes.TryGetValue(key, out int index)) return index;

        _descriptors.Add(new CallDescriptor(hasSpread, names));
        _descriptorIndexes.Add(key, _descriptors.Count - 1);
        return Fit(_descriptors.Count - 1, "kinds of calls");
    }

    private Prototype Finish(ParameterInfo[] parameters)
    {
        ProcCode code = _code.Finish(parameters.Length, _registerCount, _children);
        PassList.Run(code, _owner.OptimizationLevel);
        Instruction[] instructions = CodeEncoder.Encode(code);
        return new Prototype
        {
            Name = _context.Name,
            Kind = _context.Kind,
            Source = _owner.Source,
            Code = instructions,
            Positions = [.. code.Positions],
            Constants = _constants.ToArray(),
            Children = [.. _children],
            Parameters = parameters,
            Captures = DescribeCaptures(),
            RegisterCount = code.RegisterCount,
            Loops = [.. code.Loops],
            Handlers = [.. code.Handlers],
            Sites = [.. _sites],
            SlotTypes = [.. _slotTypes],
            CallDescriptors = [.. _descriptors],
            SwitchTables = [.. code.Switches],
            Structs = [.. _structs],
            EntryCost = code.EntryCost,
        };
    }

    private CaptureInfo[] DescribeCaptures()
    {
        CaptureInfo[] captures = new CaptureInfo[_context.Captures.Count];
        for (int i = 0; i < captures.Length; i++)
        {
            Symbol symbol = _context.Captures[i];
            bool isOfParent = symbol.Owner == _context.Parent;
            captures[i] = new CaptureInfo(symbol.Name, isOfParent, isOfParent ? symbol.Register : _context.Parent!.CaptureIndex(symbol));
        }

        return captures;
    }

    private void LoadConstant(Value value, int target)
    {
        if (value.IsNil) _code.Emit(Opcode.LoadNil, target);
        else if (value.IsBool) _code.Emit(Opcode.LoadBool, target, value.AsBool ? 1 : 0);
        else if (value.IsInt && value.AsInt is >= int.MinValue and <= int.MaxValue) _code.EmitWide(Opcode.LoadInt, target, (int)value.AsInt);
        else _code.EmitWide(Opcode.LoadConst, target, _constants.IndexOf(value));
    }

    private void Move(int target, int source)
    {
        if (target != source) _code.Emit(Opcode.Move, target, source);
    }
}
