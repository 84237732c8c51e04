using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>The semantics of <c>==</c>, of <c>is</c> and of key equality.</summary>
internal static class Equality
{
    /// <summary>Floats from here on are no decimals.</summary>
    private const double MaxDecimal = 7.9e28;

    /// <summary>The result of comparing two values without comparing the elements of containers.</summary>
    private enum Verdict : byte
    {
        Unequal,
        Equal,

        /// <summary>Two containers of the same kind, whose elements decide.</summary>
        Containers,
    }

    /// <summary>
    /// <c>a == b</c>: numbers by exact mathematical value, str and containers by content, a struct by the <c>__eq</c> of the left operand,
    /// everything else by identity.
    /// </summary>
    /// <exception cref="ScriptErrorException">StackOverflow for values nested too deep or cyclic; any error that a hook throws.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(ScriptContext context, in Value a, in Value b) =>
        a.IsInt && b.IsInt ? a.AsInt == b.AsInt : AreSame(context, a, b, asKeys: false);

    /// <summary>
    /// Whether two values are the same key: as <c>==</c>, except that all NaNs are the same key, and that a struct without both
    /// <c>__hash</c> and <c>__eq</c> compares by identity.
    /// </summary>
    /// <exception cref="ScriptErrorException">StackOverflow for tuples nested too deep; any error that a hook throws.</exception>
    public static bool AreSameKey(ScriptContext context, in Value a, in Value b) => AreSame(context, a, b, asKeys: true);

    /// <summary>
    /// <c>a is b</c>: whether both are the same object. Nil, bools, numbers and strs compare by type and value. Charges for comparing
    /// contents. An instance of a struct and an object of the host are their types, too: <c>order is Order</c>.
    /// </summary>
    public static bool AreIdentical(ScriptContext context, in Value a, in Value b)
    {
        ChargeComparison(context, a, b);
        return AreIdentical(a, b);
    }

    /// <summary>As <see cref="AreIdentical(ScriptContext, in Value, in Value)"/>, without charging.</summary>
    public static bool AreIdentical(in Value a, in Value b) => a.Ref switch
    {
        ScriptString text => b.Ref is ScriptString other && text.ContentEquals(other),
        BigInt big => b.Ref is BigInt other && big.Value == other.Value,
        StructObject instance when b.Ref is Shape shape => instance.Shape.Is(shape),
        StructObject instance when b.Ref is EnumType type => ReferenceEquals(instance.Shape.Enum, type),
        _ when ScriptObject.HasOwnIdentity(a.Ref) => ReferenceEquals(a.Ref, b.Ref),
        HostObject host => b.Ref switch
        {
            HostObject other => HostObject.HaveSameTarget(host, other),
            HostType type => type.Accepts(a),
            _ => false,
        },
        HostCollection collection => b.Ref is HostCollection other && ReferenceEquals(collection.Source, other.Source),
        _ when a.IsFloat => b.IsFloat && a.AsFloat == b.AsFloat,
        _ => ReferenceEquals(a.Ref, b.Ref) && a.Bits == b.Bits,
    };

    /// <summary>Whether an int and a float are the same number, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(long a, double b) => b >= -9223372036854775808.0 && b < 9223372036854775808.0 && (long)b == a
        && (double)(long)b == b;

    /// <summary>Whether two numbers are equal, exactly. Only for values that are numbers.</summary>
    public static bool AreEqualNumbers(in Value a, in Value b)
    {
        if (a.IsFloat)
        {
            return b.IsFloat ? a.AsFloat == b.AsFloat : AreEqualNumbers(b, a);
        }

        if (a.IsInt)
        {
            return b.IsInt ? a.AsInt == b.AsInt : b.IsFloat && AreEqual(a.AsInt, b.AsFloat);
        }

        BigInteger big = a.AsBig;
        return b.Ref is BigInt other
            ? big == other.Value
            : b.IsFloat && double.IsFinite(b.AsFloat) && double.Abs(b.AsFloat) >= 9223372036854775808.0 && new BigInteger(b.AsFloat) == big;
    }

    /// <summary>Whether two strs have the same content. Charges for the comparison.</summary>
    public static bool AreEqualTexts(ScriptContext context, ScriptString a, ScriptString b)
    {
        context.Charge(ComparisonSteps(a, b));
        return a.ContentEquals(context, b);
    }

    /// <summary>The steps charged for comparing two strs. For a str and itself, the steps charged for looking it up as a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ComparisonSteps(ScriptString a, ScriptString b) => Math.Min(a.Length, b.Length) >> 8;

    /// <summary>The steps charged for comparing two values, if they are strs or big ints; otherwise 0.</summary>
    public static long ComparisonSteps(in Value a, in Value b) => a.Ref switch
    {
        ScriptString text => b.Ref is ScriptString other ? ComparisonSteps(text, other) : 0,
        BigInt big => b.Ref is BigInt other ? Math.Min(big.Value.GetBitLength(), other.Value.GetBitLength()) >> 12 : 0,
        _ => 0,
    };

    /// <summary>Charges for comparing two values, if they are strs or big ints.</summary>
    public static void ChargeComparison(ScriptContext context, in Value a, in Value b)
    {
        if (ComparisonSteps(a, b) is > 0 and long steps)
        {
            context.Charge(steps);
        }
    }

    private static bool AreSame(ScriptContext context, in Value a, in Value b, bool asKeys)
    {
        if (a.Ref is ScriptString text && b.Ref is ScriptString other)
        {
            return AreEqualTexts(context, text, other);
        }

        // Searches in lists of structs compare nearly always such.
        if (ScriptObject.IsStruct(a.Ref) && Unsafe.As<StructObject>(a.Ref!).Shape.Hooks.Equals is null)
        {
            return ReferenceEquals(a.Ref, b.Ref);
        }

        if (ScriptObject.IsHost(a.Ref) || ScriptObject.IsHost(b.Ref))
        {
            return AreSameOfHost(context, a, b, asKeys);
        }

        if (TupleObject.From(a.Ref) is { } left && TupleObject.From(b.Ref) is { } right)
        {
            return AreSameTuples(context, left, right, asKeys);
        }

        return AreSameOthers(context, a, b, asKeys);
    }

    /// <summary>Compares two values of which one is an object or a collection of the host.</summary>
    private static bool AreSameOfHost(ScriptContext context, in Value a, in Value b, bool asKeys)
    {
        if (a.Ref is HostCollection || b.Ref is HostCollection)
        {
            return AreIdentical(a, b) || AreSame(
                context, HostCollection.CopyOf(context, a), HostCollection.CopyOf(context, b), asKeys);
        }

        return AreSameOthers(context, a, b, asKeys);
    }

    private static bool AreSameOthers(ScriptContext context, in Value a, in Value b, bool asKeys)
    {
        Verdict verdict = Judge(context, a, b, asKeys);
        return verdict == Verdict.Containers
            ? new Walk(context, asKeys).Run((ScriptObject)a.Ref!, (ScriptObject)b.Ref!, 0)
            : verdict == Verdict.Equal;
    }

    /// <summary>Compares two tuples. Ints and strs, of which most keys consist, need no walk.</summary>
    private static bool AreSameTuples(ScriptContext context, TupleObject a, TupleObject b, bool asKeys)
    {
        ReadOnlySpan<Value> left = a.Items;
        ReadOnlySpan<Value> right = b.Items;
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            bool isEqual;
            if (left[i].IsInt && right[i].IsInt)
            {
                context.Charge(1);
                isEqual = left[i].AsInt == right[i].AsInt;
            }
            else if (left[i].Ref is ScriptString text && right[i].Ref is ScriptString other)
            {
                context.Charge(1);
                isEqual = AreEqualTexts(context, text, other);
            }
            else
            {
                return new Walk(context, asKeys).Run(a, b, i);
            }

            if (!isEqual)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Compares values that are no collections of the host.</summary>
    private static Verdict Judge(ScriptContext context, in Value a, in Value b, bool asKeys)
    {
        if (a.Ref is ScriptObject left)
        {
            return left.Kind switch
            {
                ValueKind.Str => Of(b.Ref is ScriptString text && AreEqualTexts(context, (ScriptString)left, text)),
                ValueKind.Int => Of(b.Ref is HostObject<decimal> exact ? AreEqualHosts(context, exact, b, a, asKeys)
                    : b.IsNumber && AreEqualBigs(context, a, b)),
                ValueKind.Struct => Of(AreEqualStructs(context, a, b, asKeys)),
                ValueKind.List or ValueKind.Tuple or ValueKind.Map or ValueKind.Set when b.Ref is ScriptObject o && o.Kind == left.Kind =>
                    Verdict.Containers,
                ValueKind.Range => Of(b.Ref is RangeObject range && ((RangeObject)left).ContentEquals(context, range)),
                ValueKind.Bytes => Of(b.Ref is BytesObject bytes && AreEqualBytes(context, (BytesObject)left, bytes)),
                ValueKind.Host when left is HostObject host => Of(AreEqualHosts(context, host, a, b, asKeys)),
                ValueKind.Nil or ValueKind.Bool or ValueKind.Float or ValueKind.List or ValueKind.Map or ValueKind.Set or ValueKind.Tuple
                    or ValueKind.Proc or ValueKind.StructType or ValueKind.Enum or ValueKind.Task or ValueKind.Iterator
                    or ValueKind.Error or ValueKind.Channel or ValueKind.Module or ValueKind.Host => Of(ReferenceEquals(left, b.Ref)),
            };
        }

        if (a.IsNumber)
        {
            return Of(b.Ref is HostObject<decimal> exact
                ? AreEqualHosts(context, exact, b, a, asKeys)
                : b.IsNumber && (AreEqualNumbers(a, b) || (asKeys && AreNaN(a, b))));
        }

        return Of(ReferenceEquals(a.Ref, b.Ref) && a.Bits == b.Bits);
    }

    private static Verdict Of(bool isEqual) => isEqual ? Verdict.Equal : Verdict.Unequal;

    private static bool AreNaN(in Value a, in Value b) => a.IsFloat && b.IsFloat && double.IsNaN(a.AsFloat) && double.IsNaN(b.AsFloat);

    private static bool AreEqualBigs(ScriptContext context, in Value a, in Value b)
    {
        ChargeComparison(context, a, b);
        return AreEqualNumbers(a, b);
    }

    /// <summary>
    /// Two objects of the host: by the operator of the left one's type, if it has one; as keys, and otherwise, by identity.
    /// </summary>
    private static bool AreEqualHosts(ScriptContext context, HostObject left, in Value a, in Value b, bool asKeys)
    {
        if (b.Ref is HostObject right && HostObject.HaveSameTarget(left, right))
        {
            return true;
        }

        if (left is HostObject<decimal> exact && b.IsNumber)
        {
            return asKeys ? IsSameKey(exact.Value, b) : !HostOperators.Less(context, a, b) && !HostOperators.Less(context, b, a);
        }

        return !asKeys && b.Ref is HostObject
            && HostOperators.TryApply(context, BinaryOperator.Equal, a, b, out Value result) && result.IsTruthy;
    }

    /// <summary>
    /// Whether a decimal is the same key as an int or float. A decimal equals several floats, which are different keys, so it is the same
    /// key as the nearest of them only.
    /// </summary>
    private static bool IsSameKey(decimal exact, in Value number)
    {
        Value key = Hashing.CanonicalKey(number);
        return key.IsAnyInt
            ? exact == decimal.Truncate(exact) && new BigInteger(exact) == key.AsBig
            : (double)exact == key.AsFloat && Math.Abs(key.AsFloat) < MaxDecimal && (decimal)key.AsFloat == exact;
    }

    private static bool AreEqualBytes(ScriptContext context, BytesObject a, BytesObject b)
    {
        context.Charge(a.Items.Length >> 8);
        return Pieces.AreEqual<byte>(context, a.Items, b.Items);
    }

    private static bool AreEqualStructs(ScriptContext context, in Value a, in Value b, bool asKeys)
    {
        StructObject left = (StructObject)a.Ref!;
        if (left.Shape.Hooks.Equals is not { } hook || (asKeys && (!Hashing.HasKeyHooks(left) || ReferenceEquals(left, b.Ref))))
        {
            return ReferenceEquals(left, b.Ref);
        }

        Value argument = b;
        return context.InvokeMethod(hook, a, new ReadOnlySpan<Value>(in argument)).IsTruthy;
    }

    /// <summary>
    /// A comparison of two containers. It uses an explicit stack instead of recursion, because a script may nest values to any depth. The
    /// innermost level is a field, so that flat containers cost no allocation.
    /// </summary>
    private struct Walk(ScriptContext context, bool asKeys)
    {
        private struct Level
        {
            public ScriptObject Left;
            public ScriptObject Right;
            public int Next;
        }

        private LevelStack<Level> _below = new(context);
        private Level _level;
        private int _depth = 0;

        /// <summary>Whether two containers are equal, from a position on.</summary>
        public bool Run(ScriptObject a, ScriptObject b, int next)
        {
            if (!TryEnter(a, b, out bool isEqual))
            {
                return isEqual;
            }

            _level.Next = next;
            try
            {
                return AreElementsEqual();
            }
            finally
            {
                _below.End();
            }
        }

        private bool AreElementsEqual()
        {
            for (int i = 0; _depth > 0; i++)
            {
                Pieces.Look(context, i);
                if (!TryNext(ref _level, out Value left, out Value right, out bool areAligned))
                {
                    if (!areAligned)
                    {
                        return false;
                    }

                    Exit();
                    continue;
                }

                context.Charge(1);
                if (!TryCopyHosts(ref left, ref right))
                {
                    continue;
                }

                Verdict verdict = Judge(context, left, right, asKeys);
                if (verdict == Verdict.Containers && !TryEnter((ScriptObject)left.Ref!, (ScriptObject)right.Ref!, out bool isEqual))
                {
                    verdict = Of(isEqual);
                }

                if (verdict == Verdict.Unequal)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// Replaces collections of the host by their content, which the stack of levels compares, at any depth; false when both are the
        /// same collection.
        /// </summary>
        private readonly bool TryCopyHosts(ref Value left, ref Value right)
        {
            if (left.Ref is not HostCollection && right.Ref is not HostCollection)
            {
                return true;
            }

            if (AreIdentical(left, right))
            {
                return false;
            }

            left = HostCollection.CopyOf(context, left);
            right = HostCollection.CopyOf(context, right);
            return true;
        }

        /// <summary>
        /// Pushes a level for two containers of the same kind. False when the result, <paramref name="isEqual"/>, is known already.
        /// </summary>
        private bool TryEnter(ScriptObject left, ScriptObject right, out bool isEqual)
        {
            if (CountOf(left) != CountOf(right))
            {
                isEqual = false;
                return false;
            }

            if (left is ListObject a && right is ListObject b && TryCompareUnboxed(a, b, out isEqual))
            {
                return false;
            }

            if (_depth >= context.MaxFrames)
            {
                throw Throw.StackOverflow(context.MaxFrames);
            }

            if (_depth > 0)
            {
                _below.Push(_level);
            }

            _level = new Level { Left = left, Right = right };
            _depth++;
            isEqual = true;
            return true;
        }

        private void Exit()
        {
            _depth--;
            _below.TryPop(out _level);
        }

        private static int CountOf(ScriptObject container) => container switch
        {
            ListObject list => list.Count,
            TupleObject tuple => tuple.Count,
            _ => ((HashTable)container).Count,
        };

        /// <summary>
        /// Compares lists of unboxed ints, floats or bools at once; false when each element must be compared.
        /// </summary>
        private readonly bool TryCompareUnboxed(ListObject a, ListObject b, out bool isEqual)
        {
            isEqual = true;
            if (a.Strategy != b.Strategy)
            {
                return a.Count == 0;
            }

            context.Charge(a.Count >> 6);
            switch (a.Strategy)
            {
                case ListStrategy.Ints:
                    isEqual = Pieces.AreEqual<long>(context, a.Ints.AsSpan(0, a.Count), b.Ints.AsSpan(0, b.Count));
                    return true;
                case ListStrategy.Bools:
                    isEqual = Pieces.AreEqual<bool>(context, a.Bools.AsSpan(0, a.Count), b.Bools.AsSpan(0, b.Count));
                    return true;
                case ListStrategy.Floats:
                    isEqual = FloatSearch.AreEqual(context, a.Floats.AsSpan(0, a.Count), b.Floats.AsSpan(0, b.Count));
                    return true;
                case ListStrategy.Empty or ListStrategy.Values:
                    return a.Count == 0;
                default:
                    throw new UnreachableException();
            }
        }

        /// <summary>
        /// The next pair that must be equal; false at the end and at a mismatch. At a mismatch <paramref name="areAligned"/> is false: one
        /// side has an element that the other lacks. Hooks may change the containers in between, so every step checks its bounds.
        /// </summary>
        private readonly bool TryNext(ref Level level, out Value left, out Value right, out bool areAligned)
        {
            int next = level.Next++;
            left = default;
            right = default;
            areAligned = true;
            switch (level.Left)
            {
                case ListObject a:
                    ListObject b = (ListObject)level.Right;
                    areAligned = a.Count == b.Count;
                    if (next >= a.Count || !areAligned)
                    {
                        return false;
                    }

                    left = a.Get(next);
                    right = b.Get(next);
                    return true;

                case TupleObject a:
                    if (next >= a.Count)
                    {
                        return false;
                    }

                    left = a.Items[next];
                    right = ((TupleObject)level.Right).Items[next];
                    return true;

                case MapObject a:
                    int position = a.NextPosition(next);
                    level.Next = position + 1;
                    return position >= 0 && a.TryEntryAt(position, out Value key, out left)
                        && (areAligned = ((MapObject)level.Right).TryGet(context, key, out right));

                default:
                    return TryNextElement(ref level, next, out areAligned);
            }
        }

        /// <summary>Sets have no pairs to compare: every element of one must be in the other.</summary>
        private readonly bool TryNextElement(ref Level level, int next, out bool areAligned)
        {
            SetObject set = (SetObject)level.Left;
            areAligned = true;
            int position = set.NextPosition(next);
            level.Next = position + 1;
            return position >= 0 && set.TryEntryAt(position, out Value item)
                && (areAligned = ((SetObject)level.Right).Contains(context, item));
        }
    }
}
