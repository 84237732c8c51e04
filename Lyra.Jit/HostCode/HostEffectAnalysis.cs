using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;

namespace Lyra.Jit.HostCode;

/// <summary>
/// Finds what a method of the host may do, from its IL and that of the methods which it calls. Code that only computes, and reads and
/// writes fields and elements, can neither call the engine nor wait; if it divides and follows no reference that may be null, it can't
/// throw either. Whatever is not understood is <see cref="HostEffects.Unknown"/>: loops, other calls, new objects, casts.
/// </summary>
/// <remarks>
/// An abstract interpretation of the operand stack (Nielson, Nielson and Hankin, <i>Principles of Program Analysis</i>, 1999, §4) in one
/// pass: all branches lead forward, so each instruction is reached from earlier ones only.
/// </remarks>
internal sealed class HostEffectAnalysis
{
    /// <summary>The most instructions of a method and of what it calls.</summary>
    private const int MaxInstructions = 200;

    /// <summary>The most methods that call one another.</summary>
    private const int MaxDepth = 5;

    private int _left = MaxInstructions;
    private int _depth;

    /// <summary>What a call of a method may do.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">Its arguments, with the object on which it is called.</param>
    public static HostEffects Of(MethodBase method, HostOperand[] arguments)
    {
        try
        {
            return new HostEffectAnalysis().Call(method, arguments);
        }
        catch (Exception e) when (e is TypeLoadException or MissingMemberException or IOException or BadImageFormatException)
        {
            // It refers to what is not there, and would fail if it ran.
            return HostEffects.Unknown;
        }
    }

    private HostEffects Call(MethodBase method, HostOperand[] arguments)
    {
        if (HostLibrary.EffectsOf(method) is { } known)
        {
            return known;
        }

        if (++_depth > MaxDepth || HostLibrary.IsReplaced(method)
            || HostIl.Of(method) is not { IsWhole: true } il || (_left -= il.Instructions.Count) < 0)
        {
            return HostEffects.Unknown;
        }

        HostEffects effects = new Walk(this, il, arguments).Run();
        _depth--;
        return effects;
    }

    /// <summary>Whether a call, or an access to a static field, may first run the static constructor of its type.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A static constructor that trimming has removed does not run.")]
    private static bool MayInitialize(Type type) => type != typeof(decimal) && type.TypeInitializer is not null;

    /// <summary>One method.</summary>
    private sealed class Walk(HostEffectAnalysis analysis, HostIl il, HostOperand[] arguments)
    {
        /// <summary>The stacks at the targets of branches, by offset.</summary>
        private readonly Dictionary<long, List<HostOperand>> _targets = [];

        private HostEffects _effects;

        /// <summary>The stack; null after an instruction that does not go on to the next.</summary>
        private List<HostOperand>? _stack = [];

        public HostEffects Run()
        {
            foreach (HostInstruction instruction in il.Instructions)
            {
                Reach(instruction.Offset);
                if (_stack is not null && !Step(instruction))
                {
                    return HostEffects.Unknown;
                }
            }

            return _effects;
        }

        /// <summary>Continues with what the branches to an instruction have left, too.</summary>
        private void Reach(int offset)
        {
            if (!_targets.Remove(offset, out List<HostOperand>? other))
            {
                return;
            }

            _stack = Join(_stack, other);
        }

        private static List<HostOperand> Join(List<HostOperand>? stack, List<HostOperand> other)
        {
            for (int i = 0; stack is not null && i < stack.Count; i++)
            {
                stack[i] = HostOperand.Join(stack[i], other[i]);
            }

            return stack ?? other;
        }

        /// <summary>Takes an instruction into account; false when its effects are not known.</summary>
        private bool Step(HostInstruction instruction)
        {
            ILOpCode op = instruction.Code;
            return op switch
            {
                ILOpCode.Ldarg => Push(arguments[instruction.Operand]),
                ILOpCode.Ldloc => Push(il.Locals[(int)instruction.Operand].LocalType),
                ILOpCode.Ldarga => arguments[instruction.Operand].Kind == HostOperandKind.Struct
                    && Push(new HostOperand(HostOperandKind.Address)),
                ILOpCode.Ldloca => Push(new HostOperand(HostOperandKind.Address)),
                ILOpCode.Stloc or ILOpCode.Pop => Drop(1),
                ILOpCode.Ldnull => Push(new HostOperand(HostOperandKind.Reference)),
                ILOpCode.Ldstr => Push(new HostOperand(HostOperandKind.Object, typeof(string))),
                ILOpCode.Ldc_i4 or ILOpCode.Ldc_i8 => Push(
                    new HostOperand(instruction.Operand is 0 or -1 ? HostOperandKind.Int : HostOperandKind.Divisor)),
                ILOpCode.Ldc_r4 or ILOpCode.Ldc_r8 => Push(new HostOperand(HostOperandKind.Float)),
                ILOpCode.Dup => Push(_stack![^1]),
                ILOpCode.Ret => End(),
                ILOpCode.Throw => Throws() && End(),
                ILOpCode.Ldlen => Throws(Pop()) && Push(new HostOperand(HostOperandKind.Int)),
                ILOpCode.Ldelem => Throws() && Drop(2) && Push(il.TypeOf(instruction.Operand)),
                ILOpCode.Box => !il.TypeOf(instruction.Operand).IsValueType,
                ILOpCode.Newobj => Create(il.MethodOf(instruction.Operand)!),
                ILOpCode.Call or ILOpCode.Callvirt => Call(il.MethodOf(instruction.Operand)!, op == ILOpCode.Callvirt),
                _ when HostOperations.IsBranch(op) => Branch(instruction),
                _ when HostOperations.IsArithmetic(op) => Compute(op),
                _ when HostOperations.IsConversion(op) => Convert(op),
                _ when HostOperations.IsElementLoad(op) => LoadElement(op),
                _ when HostOperations.IsElementStore(op) => Throws() && Writes() && Drop(3),
                _ when HostOperations.IsIndirectLoad(op) => Pop().Kind == HostOperandKind.Address && Push(Loaded(op)),
                _ when HostOperations.IsIndirectStore(op) => Drop(1) && Pop().Kind == HostOperandKind.Address && Writes(),
                _ => Access(op, il.FieldOf(instruction.Operand)!),
            };
        }

        private HostOperand Pop()
        {
            HostOperand top = _stack![^1];
            _stack.RemoveAt(_stack.Count - 1);
            return top;
        }

        private bool Drop(int count)
        {
            _stack!.RemoveRange(_stack.Count - count, count);
            return true;
        }

        private bool Push(HostOperand operand)
        {
            _stack!.Add(operand);
            return true;
        }

        /// <summary>Pushes any value of a type.</summary>
        private bool Push(Type type) => HostOperand.Of(type) is { } operand && Push(operand);

        private bool Throws()
        {
            _effects |= HostEffects.Throws;
            return true;
        }

        /// <summary>Notes that an access throws where its reference may be null; false when it is no simple access.</summary>
        private bool Throws(HostOperand accessed) => accessed.Kind switch
        {
            HostOperandKind.Reference => Throws(),

            // An address that was computed.
            HostOperandKind.Int or HostOperandKind.Divisor or HostOperandKind.Float => false,
            HostOperandKind.Object or HostOperandKind.Struct or HostOperandKind.Address => true,
        };

        private bool Writes()
        {
            _effects |= HostEffects.Writes;
            return true;
        }

        private bool End()
        {
            _stack = null;
            return true;
        }

        private bool Branch(HostInstruction instruction)
        {
            Drop(HostOperations.OperandsOf(instruction.Code));
            if (instruction.Operand <= instruction.Offset)
            {
                return false;
            }

            _targets.Remove(instruction.Operand, out List<HostOperand>? other);
            _targets[instruction.Operand] = Join(other, [.. _stack!]);
            return instruction.Code != ILOpCode.Br || End();
        }

        private bool Compute(ILOpCode op)
        {
            HostOperand right = Pop();
            HostOperand left = HostOperations.IsUnary(op) ? right : Pop();
            bool isFloat = left.Kind == HostOperandKind.Float;
            if (HostOperations.IsChecked(op) || (HostOperations.IsDivision(op) && !isFloat && right.Kind != HostOperandKind.Divisor))
            {
                Throws();
            }

            return Push(new HostOperand(isFloat && !HostOperations.IsComparison(op) ? HostOperandKind.Float : HostOperandKind.Int));
        }

        private bool Convert(ILOpCode op)
        {
            HostOperand converted = Pop();
            _effects |= HostOperations.IsCheckedConversion(op) ? HostEffects.Throws : HostEffects.None;
            bool isSame = converted.Kind == HostOperandKind.Divisor && op is ILOpCode.Conv_i8;
            return Push(isSame ? converted
                : new HostOperand(HostOperations.MakesFloat(op) ? HostOperandKind.Float : HostOperandKind.Int));
        }

        private bool LoadElement(ILOpCode op)
        {
            Throws();
            Drop(2);
            return Push(Loaded(op));
        }

        /// <summary>What a load from an array or an address yields.</summary>
        private static HostOperand Loaded(ILOpCode op) => new(op switch
        {
            ILOpCode.Ldelem_ref or ILOpCode.Ldind_ref => HostOperandKind.Reference,
            ILOpCode.Ldelem_r4 or ILOpCode.Ldelem_r8 or ILOpCode.Ldind_r4 or ILOpCode.Ldind_r8 => HostOperandKind.Float,
            _ => HostOperandKind.Int,
        });

        /// <summary>An access to a field.</summary>
        private bool Access(ILOpCode op, FieldInfo field)
        {
            if (field.IsStatic && MayInitialize(field.DeclaringType!))
            {
                return false;
            }

            if (op is ILOpCode.Stfld or ILOpCode.Stsfld)
            {
                Pop();
                return (field.IsStatic || Throws(Pop())) && Writes();
            }

            return (field.IsStatic || Throws(Pop()))
                && (op == ILOpCode.Ldflda ? Push(new HostOperand(HostOperandKind.Address)) : Push(field.FieldType));
        }

        /// <summary>A new object: only a decimal, a nullable number, or an exception of the platform, which is thrown then.</summary>
        private bool Create(MethodBase constructor)
        {
            Drop(constructor.GetParameters().Length);
            return constructor.DeclaringType == typeof(decimal) ? Throws() && Push(new HostOperand(HostOperandKind.Struct))
                : Nullable.GetUnderlyingType(constructor.DeclaringType!) is not null ? Push(new HostOperand(HostOperandKind.Struct))
                : HostLibrary.IsException(constructor.DeclaringType!) && Throws() && Push(new HostOperand(HostOperandKind.Object));
        }

        private bool Call(MethodBase callee, bool isVirtual)
        {
            HostOperand[] passed = new HostOperand[callee.GetParameters().Length + (callee.IsStatic ? 0 : 1)];
            for (int i = passed.Length - 1; i >= 0; i--)
            {
                passed[i] = Pop();
            }

            if (HostLibrary.OnlyThrows(callee))
            {
                return Throws() && End();
            }

            if (callee.IsStatic ? HostLibrary.EffectsOf(callee) is null && MayInitialize(callee.DeclaringType!)
                : callee.DeclaringType!.IsValueType ? MayInitialize(callee.DeclaringType)
                : !Throws(passed[0]))
            {
                return false;
            }

            MethodBase? target = !isVirtual || HostDispatch.IsFixed(callee) ? callee
                : passed[0].Class is { } exact ? HostDispatch.ImplementationOf((MethodInfo)callee, exact)
                : null;
            HostEffects effects = target is null ? HostEffects.Unknown : analysis.Call(target, passed);
            _effects |= effects;
            return (effects & HostEffects.Unknown) == 0
                && (callee is not MethodInfo { ReturnType: var type } || type == typeof(void) || Push(type));
        }
    }
}
