using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Verification;

/// <summary>
/// Proves that the registers which MakeStruct takes hold values that the annotations of its fields allow, so that neither tier checks
/// them again and compiled code may read them unboxed: in a constructor, the last instruction that writes such a register is a CheckSlot
/// of the field's type, and every path to MakeStruct passes it. The compiler's code has this form, because a constructor checks its
/// parameters one after the other.
/// </summary>
internal sealed class CheckedFields
{
    private readonly Prototype _prototype;
    private readonly ModuleProcs _procs;
    private readonly FaultList _faults;

    /// <summary>The last instruction that writes each register; -1 if there is none.</summary>
    private readonly int[] _lastWrites;

    /// <summary>For each instruction: the furthest target of the jumps and handlers in front of it.</summary>
    private readonly int[] _reached;

    private CheckedFields(Prototype prototype, ModuleProcs procs, FaultList faults)
    {
        _prototype = prototype;
        _procs = procs;
        _faults = faults;
        _lastWrites = new int[prototype.RegisterCount];
        _reached = new int[prototype.Code.Length];
    }

    public static void Verify(Prototype prototype, ModuleProcs procs, FaultList faults)
    {
        if (prototype.Kind == ProcKind.Constructor)
        {
            CheckedFields fields = new(prototype, procs, faults);
            fields.FindWrites();
            fields.FindJumps();
            fields.VerifyInstances();
        }
    }

    private void FindWrites()
    {
        Array.Fill(_lastWrites, -1);
        for (int pc = 0; pc < _prototype.Code.Length; pc++)
        {
            Instruction i = _prototype.Code[pc];
            Write(RegisterUse.Writes(i), pc);
            Write(RegisterUse.LoopVariables(i), pc);
            int clobbered = RegisterUse.ClobbersFrom(i);
            if (clobbered >= 0)
            {
                Write(new RegisterSpan(clobbered, _lastWrites.Length - clobbered), pc);
            }
        }

        foreach (HandlerInfo handler in _prototype.Handlers)
        {
            // What enters the handler writes these registers in front of its code.
            RegisterSpan written = new(handler.Register, handler.IsEntered ? handler.Registers : 0);
            for (int register = written.First; register < written.End; register++)
            {
                _lastWrites[register] = Math.Max(_lastWrites[register], handler.HandlerPc);
            }
        }
    }

    private void Write(RegisterSpan span, int pc)
    {
        _faults.Spend(1 + (span.Count / 16));
        _lastWrites.AsSpan(span.First, span.Count).Fill(pc);
    }

    private void FindJumps()
    {
        // An error of the check itself leads into the handler, too, so the edge begins in front of the range.
        foreach (HandlerInfo handler in _prototype.Handlers)
        {
            Reach(handler.Start, handler.IsEntered ? handler.HandlerPc : 0);
        }

        for (int pc = 0; pc + 1 < _reached.Length; pc++)
        {
            Reach(pc + 1, _reached[pc]);
            Instruction i = _prototype.Code[pc];
            OpcodeInfo row = OpcodeInfo.Of(i.Op);
            Reach(pc + 1, row.JumpTarget(i, pc));
            if (row.B == OperandKind.SwitchTable)
            {
                SwitchTable table = _prototype.SwitchTables[i.Wide];
                Reach(pc + 1, table.DefaultPc);
                foreach (KeyValuePair<Values.Value, int> entry in table.Cases)
                {
                    Reach(pc + 1, entry.Value);
                }
            }
        }
    }

    private void Reach(int pc, int target) => _reached[pc] = Math.Max(_reached[pc], target);

    private void VerifyInstances()
    {
        for (int pc = 0; pc < _prototype.Code.Length && !_faults.IsFull; pc++)
        {
            Instruction i = _prototype.Code[pc];
            if (i.Op == Opcode.MakeStruct)
            {
                VerifyFields(pc, i);
            }
        }
    }

    private void VerifyFields(int pc, in Instruction make)
    {
        FieldInfo[] fields = _procs.StructOf(make.B)!.Fields;
        _faults.Spend(fields.Length);
        for (int register = 0; register < fields.Length; register++)
        {
            if (fields[register].SlotType >= 0
                && !IsChecked(register, pc, _procs.OwnerOfStructs.SlotTypes[fields[register].SlotType]))
            {
                _faults.AddAt(pc, make, $"r{register} is not checked as field {fields[register].Name} on every path to here");
            }
        }
    }

    private bool IsChecked(int register, int end, SlotType type)
    {
        int pc = _lastWrites[register];
        return pc >= 0 && pc < end && _reached[pc] <= pc && _prototype.Code[pc] is { Op: Opcode.CheckSlot } check
            && _prototype.SlotTypes[check.Wide].IsSameType(type);
    }
}
