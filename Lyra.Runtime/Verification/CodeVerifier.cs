using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Verification;

/// <summary>
/// Checks each instruction of one prototype separately, and that every cycle is charged; see <see cref="BytecodeVerifier"/>.
/// </summary>
internal sealed class CodeVerifier(Prototype prototype, CompiledModule module, ModuleProcs procs, FaultList faults)
{
    private readonly Instruction[] _code = prototype.Code;
    private readonly bool _isMain = ReferenceEquals(prototype, module.Main);

    public void Verify()
    {
        for (int pc = 0; pc < _code.Length && !faults.IsFull; pc++)
        {
            VerifyInstruction(pc, _code[pc]);
        }

        if (faults.Sentences.Count > 0)
        {
            return;
        }

        faults.Require(OpcodeInfo.Of(_code[^1].Op).Ends, "control runs off the end of the code");
        VerifyPrologue();
        HandlerTree? tree = HandlerTree.TryBuild(prototype, out int culprit);
        faults.Require(tree is not null, $"handler {culprit} is not properly nested");
        if (faults.Sentences.Count == 0)
        {
            int uncharged = new ChargeCheck(prototype, tree!).FindUncharged();
            faults.Require(uncharged < 0, $"the cycle through instruction {uncharged} charges nothing");
        }
    }

    private void VerifyInstruction(int pc, in Instruction i)
    {
        if (!OpcodeInfo.IsDefined(i.Op))
        {
            faults.Add($"instruction {pc}: {(int)i.Op} is not an opcode");
            return;
        }

        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        string? fault = OperandFault(row.A, i.A, i) ?? OperandFault(row.B, row.B.IsWide() ? i.Wide : i.B, i) ?? OperandFault(row.C, i.C, i)
            ?? FrameFault(i) ?? TargetFault(row, i, pc) ?? MeaningFault(i) ?? PlaceFault(i, pc);
        if (fault is not null)
        {
            faults.AddAt(pc, i, fault);
        }
    }

    private string? FrameFault(in Instruction i) => RegisterUse.HighestEnd(i) > prototype.RegisterCount
        ? $"a register is outside the {prototype.RegisterCount} of the frame"
        : null;

    private string? OperandFault(OperandKind kind, int index, in Instruction i)
    {
        int limit = kind switch
        {
            OperandKind.Unused => 1,
            OperandKind.Constant or OperandKind.WideConstant => prototype.Constants.Length,
            OperandKind.Prototype => prototype.Children.Length,
            OperandKind.ModuleVariable or OperandKind.WideModuleVariable => module.Variables.Length,
            OperandKind.External => module.Externals.Length,
            OperandKind.Builtin or OperandKind.WideBuiltin => module.Builtins.Length,
            OperandKind.Site => prototype.Sites.Length,
            OperandKind.Loop => prototype.Loops.Length,
            OperandKind.SlotType or OperandKind.WideSlotType => prototype.SlotTypes.Length,
            OperandKind.Descriptor => prototype.CallDescriptors.Length,
            OperandKind.Capture => prototype.Captures.Length,
            OperandKind.SwitchTable => prototype.SwitchTables.Length,
            OperandKind.Struct => prototype.Structs.Length,
            _ => -1,
        };
        return limit < 0 || (uint)index < (uint)limit ? null
            : kind == OperandKind.Unused ? "an unused operand is not 0"
            : $"{InstructionText.Prefix(kind)}{index} does not exist";
    }

    private string? TargetFault(OpcodeInfo row, in Instruction i, int pc)
    {
        int target = row.JumpTarget(i, pc);
        if (target == -1)
        {
            return null;
        }

        if ((uint)target >= (uint)_code.Length)
        {
            return "the jump leads outside the code";
        }

        return row.IsBackEdge && !IsBody(prototype.Loops[i.B].BodyPc, target) ? "the jump does not lead to the body of its loop" : null;
    }

    /// <summary>Whether a back-edge leads to a loop's body, directly or through one jump.</summary>
    private bool IsBody(int body, int target) => target == body
        || (_code[target].Op == Opcode.Jump && OpcodeInfo.Of(Opcode.Jump).JumpTarget(_code[target], target) == body);

    private string? MeaningFault(in Instruction i) => i.Op switch
    {
        Opcode.Trap => "a trap is not allowed in a program",
        Opcode.Count or Opcode.Enter or Opcode.Time when prototype.Counts is null => "a profile's instruction is not allowed in a program",
        Opcode.LoadBool => i.B <= 1 ? null : "a bool is 0 or 1",
        Opcode.AddConst or Opcode.SubConst or Opcode.MulConst or Opcode.DivConst =>
            prototype.Constants[i.C].IsNumber ? null : "the constant is not a number",
        Opcode.JumpEqConst or Opcode.JumpNeConst => prototype.Constants[i.B].Ref is TupleObject ? "the constant is a tuple" : null,
        Opcode.Concat => i.C > 0 ? null : "there is nothing to join",
        Opcode.Import => !_isMain ? "imports are only allowed at the top level" : IsText(i.Wide) ? null : "the constant is not a str",
        Opcode.ImportName => IsText(i.C) ? null : "the constant is not a str",
        Opcode.Yield => prototype.Kind == ProcKind.Generator ? null : "yield is only allowed in generators",
        Opcode.Await =>
            prototype.Kind is ProcKind.Async or ProcKind.Module ? null : "await is only allowed in async procs and at the top level",
        Opcode.NewTyped or Opcode.SetElementType =>
            IsContainer(prototype.SlotTypes[i.Wide].Kind) ? null : "the type is not a list, map or set",
        Opcode.CallEx or Opcode.Spawn => DescriptorFault(prototype.CallDescriptors[i.B], i.C),
        Opcode.CallProc =>
            procs.ProcOf(i.B) is { } proc && proc.Parameters.Length == i.C
                ? null
                : "the variable does not hold a proc with this number of parameters",
        Opcode.NewStruct => StructFault(i),
        Opcode.MakeStruct => prototype.Kind == ProcKind.Constructor ? StructFault(i) : "the instruction is only allowed in constructors",
        _ => null,
    };

    private static bool IsContainer(SlotKind kind) => SlotInfo.Of(kind).Default == SlotDefault.EmptyContainer;

    private bool IsText(int constant) => prototype.Constants[constant].Ref is ScriptString;

    private static string? DescriptorFault(CallDescriptor descriptor, int count)
    {
        bool fits = descriptor.HasSpread ? count == descriptor.Names.Length + 1 : count >= descriptor.Names.Length;
        return fits ? null : "the descriptor does not match the number of arguments";
    }

    private string? StructFault(in Instruction i) =>
        procs.StructOf(i.B) is { } info && info.Fields.Length == i.C
            ? null
            : "the variable does not hold a struct with this number of fields";

    private string? PlaceFault(in Instruction i, int pc) => i.Op switch
    {
        Opcode.SetModule when procs.IsFixed(i.Wide) && !(_isMain && pc < procs.PrologueEnd) =>
            "only the prologue may set procs and structs",
        Opcode.LoopHead when prototype.Loops[i.A].BodyPc != pc => "it is the head of another loop",
        _ => null,
    };

    /// <summary>No jump may lead into the prologue, and no handler may guard it.</summary>
    private void VerifyPrologue()
    {
        if (!_isMain)
        {
            return;
        }

        int end = procs.PrologueEnd;
        for (int pc = 0; pc < _code.Length; pc++)
        {
            int target = OpcodeInfo.Of(_code[pc].Op).JumpTarget(_code[pc], pc);
            faults.Require(target < 0 || target >= end, $"instruction {pc} jumps into the prologue");
        }

        foreach (SwitchTable table in prototype.SwitchTables)
        {
            bool isOutside = table.DefaultPc >= end && Array.TrueForAll(table.Cases, entry => entry.Value >= end);
            faults.Require(isOutside, "a switch table jumps into the prologue");
        }

        faults.Require(Array.TrueForAll(prototype.Handlers, handler => handler.Start >= end), "a handler guards the prologue");
    }
}
