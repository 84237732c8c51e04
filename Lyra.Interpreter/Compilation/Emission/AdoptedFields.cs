using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Library.Modules;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// The fields in the constructor of a struct that has some from structs of other modules. Only the constructors of these know their
/// defaults, so where an argument is missing, one of them makes an instance that gives the values. If all arguments are given, making the
/// instance is all: it converts the values.
/// </summary>
internal sealed class AdoptedFields(ProcEmitter proc, StructLayout layout) : AreaEmitter(proc)
{
    /// <summary>The fields whose registers hold the final value, or the upvalue that closures share.</summary>
    private readonly HashSet<int> _done = [];

    /// <summary>The last field whose default may read the fields before it; −1 for none.</summary>
    private int _lastComputed;

    /// <param name="emitOwn">Emits the default and the check of a field of this module.</param>
    public void Emit(Action<StructLayout, int> emitOwn)
    {
        HashSet<int> filled = [];
        _lastComputed = Enumerable.Range(0, layout.Fields.Length).LastOrDefault(IsComputed, -1);
        for (int i = 0; i < layout.Fields.Length; i++)
        {
            int number = layout.AdoptionOf(layout.Fields[i]);
            if (number >= 0 && filled.Add(number))
            {
                EmitReplaced(layout.Adopted[number].Struct, emitOwn);
                Fill(number);
            }

            if (number < 0 && _done.Add(i))
            {
                emitOwn(layout, i);
            }
        }
    }

    /// <summary>The fields of this struct in the place of those of another one come first: they are arguments of its constructor.</summary>
    private void EmitReplaced(StructLayout used, Action<StructLayout, int> emitOwn)
    {
        foreach (FieldDeclaration field in used.Fields)
        {
            int own = layout.FieldIndex(field.Name);
            if (layout.AdoptionOf(layout.Fields[own]) < 0 && _done.Add(own))
            {
                emitOwn(layout, own);
            }
        }
    }

    private void Fill(int number)
    {
        StructLayout used = layout.Adopted[number].Struct;
        int[] positions = [.. used.Fields.Select(field => layout.FieldIndex(field.Name))];
        int[] taken = [.. positions.Where(position => layout.AdoptionOf(layout.Fields[position]) == number)];
        int[] missing = [.. taken.Where(position => layout.Fields[position].DefaultValue is not null)];
        Label filled = Code.NewLabel();
        Label fill = Code.NewLabel();
        bool isRead = positions.Min() <= _lastComputed;
        Code.At(layout.Declaration.NameSpan);
        if (!isRead)
        {
            foreach (int position in missing)
            {
                Label isSet = Code.NewLabel();
                Code.EmitJump(Opcode.JumpIfSet, isSet, position);
                Code.EmitJump(Opcode.Jump, fill);
                Code.Bind(isSet);
            }

            Code.EmitJump(Opcode.Jump, filled);
        }

        if (isRead || missing.Length > 0)
        {
            Code.Bind(fill);
            CallConstructor(number, positions);
        }

        Code.Bind(filled);
        foreach (int position in taken)
        {
            Proc.Variables.BindRegister(layout.FieldSymbols[position], position);
            _done.Add(position);
        }
    }

    /// <summary>Whether a field has a default that may read the fields before it.</summary>
    private bool IsComputed(int field) =>
        layout.AdoptionOf(layout.Fields[field]) < 0 && layout.DefaultOf(field) is { } value && !PlainLiterals.Includes(value);

    private void CallConstructor(int number, int[] positions)
    {
        int mark = Registers.Top;
        int window = Registers.Reserve(3 + (2 * positions.Length));
        Code.EmitWide(Opcode.GetModule, window + 1, layout.Symbol.Slot);
        Code.EmitWide(Opcode.LoadInt, window + 2, number);
        for (int i = 0; i < positions.Length; i++)
        {
            PassIfSet(positions[i], window + 3 + (2 * i));
        }

        int builtin = Limits.Fit(Owner.BuiltinIndex(PreludeModule.FillAdopted), "builtins");
        Code.Emit(Opcode.CallBuiltin, window, builtin, 2 + (2 * positions.Length));
        Code.Emit(Opcode.Unpack, window + 1, window, positions.Length);
        for (int i = 0; i < positions.Length; i++)
        {
            if (layout.AdoptionOf(layout.Fields[positions[i]]) == number)
            {
                Code.Move(positions[i], window + 1 + i);
            }
        }

        Registers.Top = mark;
    }

    /// <summary>Passes a field, and behind it whether it has a value.</summary>
    private void PassIfSet(int field, int register)
    {
        if (layout.FieldSymbols[field].NeedsUpvalue && _done.Contains(field))
        {
            Code.Emit(Opcode.LoadUpvalue, register, field);
            Code.Emit(Opcode.LoadBool, register + 1, 1);
            return;
        }

        Label isSet = Code.NewLabel();
        Label end = Code.NewLabel();
        Code.EmitJump(Opcode.JumpIfSet, isSet, field);
        Code.Emit(Opcode.LoadNil, register);
        Code.Emit(Opcode.LoadBool, register + 1, 0);
        Code.EmitJump(Opcode.Jump, end);
        Code.Bind(isSet);
        Code.Move(register, field);
        Code.Emit(Opcode.LoadBool, register + 1, 1);
        Code.Bind(end);
    }
}
