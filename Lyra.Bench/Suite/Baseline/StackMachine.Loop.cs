using System;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <content>The loop.</content>
internal sealed partial class StackMachine
{
    /// <summary>Executes the running frame, and those that it pushes, until it ends or is suspended.</summary>
    private LoopEnd Execute()
    {
        Value[] stack = _stack;
        int entry = _frameCount - 1;
        int pc = 0;
        while (true)
        {
            try
            {
            Enter:
                // The frame at the top of _frames is the running one: it is entered here after calls, returns and caught errors.
                StackFrame frame = _frames[_frameCount - 1];
                StackProc proc = frame.Closure.Proc;
                StackInstruction[] code = proc.Code;
                Value[] captures = frame.Closure.Captures;
                int first = frame.Base;
                int top = _top;
                pc = frame.Pc;
                while (true)
                {
                    StackInstruction i = code[pc++];
                    switch (i.Op)
                    {
                        case StackOp.Constant:
                            stack[top++] = proc.Constants[i.A];
                            continue;
                        case StackOp.Pop:
                            top--;
                            continue;
                        case StackOp.Duplicate:
                            stack[top] = stack[top - 1];
                            top++;
                            continue;
                        case StackOp.DuplicatePair:
                            stack[top] = stack[top - 2];
                            stack[top + 1] = stack[top - 1];
                            top += 2;
                            continue;
                        case StackOp.LoadLocal:
                            stack[top++] = stack[first + i.A];
                            continue;
                        case StackOp.StoreLocal:
                            stack[first + i.A] = stack[--top];
                            continue;
                        case StackOp.NewCell:
                            stack[first + i.A] = Value.FromObject(new Upvalue { Value = stack[--top] });
                            continue;
                        case StackOp.NewUnsetCell:
                            stack[first + i.A] = Value.FromObject(new Upvalue { Value = Value.Unset });
                            continue;
                        case StackOp.LoadCell:
                            stack[top++] = ReadCell(stack[first + i.A]);
                            continue;
                        case StackOp.StoreCell:
                            ((Upvalue)stack[first + i.A].Ref!).Value = stack[--top];
                            continue;
                        case StackOp.LoadCapture:
                            stack[top++] = captures[i.A];
                            continue;
                        case StackOp.LoadCapturedCell:
                            stack[top++] = ReadCell(captures[i.A]);
                            continue;
                        case StackOp.StoreCapturedCell:
                            ((Upvalue)captures[i.A].Ref!).Value = stack[--top];
                            continue;
                        case StackOp.LoadModule:
                            Value variable = proc.Variables[i.A];
                            if (variable.IsUnset)
                            {
                                throw UsedTooEarly();
                            }

                            stack[top++] = variable;
                            continue;
                        case StackOp.StoreModule:
                            proc.Variables[i.A] = stack[--top];
                            continue;

                        case StackOp.Add:
                            top--;
                            Add(ref stack[top - 1], stack[top]);
                            continue;
                        case StackOp.Subtract:
                            top--;
                            Subtract(ref stack[top - 1], stack[top]);
                            continue;
                        case StackOp.Multiply:
                            top--;
                            Multiply(ref stack[top - 1], stack[top]);
                            continue;
                        case StackOp.Divide:
                            top--;
                            stack[top - 1] = Arithmetic.Div(this, stack[top - 1], stack[top]);
                            continue;
                        case StackOp.Modulo:
                            top--;
                            stack[top - 1] = Arithmetic.Mod(this, stack[top - 1], stack[top]);
                            continue;
                        case StackOp.Power:
                            top--;
                            stack[top - 1] = Arithmetic.Pow(this, stack[top - 1], stack[top]);
                            continue;
                        case StackOp.ShiftLeft:
                            top--;
                            stack[top - 1] = Arithmetic.Shl(this, stack[top - 1], stack[top]);
                            continue;
                        case StackOp.ShiftRight:
                            top--;
                            stack[top - 1] = Arithmetic.Shr(this, stack[top - 1], stack[top]);
                            continue;
                        case StackOp.BitAnd:
                            top--;
                            stack[top - 1] = Arithmetic.BitAnd(this, stack[top - 1], stack[top]);
                            continue;
                        case StackOp.BitOr:
                            top--;
                            stack[top - 1] = Arithmetic.BitOr(this, stack[top - 1], stack[top]);
                            continue;
                        case StackOp.BitXor:
                            top--;
                            stack[top - 1] = Arithmetic.BitXor(this, stack[top - 1], stack[top]);
                            continue;
                        case StackOp.Equal:
                            top--;
                            stack[top - 1] = Value.FromBool(AreEqual(stack[top - 1], stack[top]));
                            continue;
                        case StackOp.NotEqual:
                            top--;
                            stack[top - 1] = Value.FromBool(!AreEqual(stack[top - 1], stack[top]));
                            continue;
                        case StackOp.Less:
                            top--;
                            stack[top - 1] = Value.FromBool(IsLess(stack[top - 1], stack[top]));
                            continue;
                        case StackOp.LessEqual:
                            top--;
                            stack[top - 1] = Value.FromBool(IsLessOrEqual(stack[top - 1], stack[top]));
                            continue;
                        case StackOp.Greater:
                            top--;
                            stack[top - 1] = Value.FromBool(IsLess(stack[top], stack[top - 1]));
                            continue;
                        case StackOp.GreaterEqual:
                            top--;
                            stack[top - 1] = Value.FromBool(IsLessOrEqual(stack[top], stack[top - 1]));
                            continue;
                        case StackOp.In:
                            top--;
                            stack[top - 1] = Value.FromBool(Indexing.Contains(this, stack[top], stack[top - 1]));
                            continue;
                        case StackOp.Is:
                            top--;
                            stack[top - 1] = Value.FromBool(Equality.AreIdentical(this, stack[top - 1], stack[top]));
                            continue;
                        case StackOp.Negate:
                            stack[top - 1] = Arithmetic.Neg(this, stack[top - 1]);
                            continue;
                        case StackOp.Not:
                            stack[top - 1] = Value.FromBool(!stack[top - 1].IsTruthy);
                            continue;
                        case StackOp.Complement:
                            stack[top - 1] = Arithmetic.BitNot(this, stack[top - 1]);
                            continue;

                        case StackOp.NewList:
                            top -= i.B;
                            stack[top] = Value.FromObject(ListObject.Of(this, stack.AsSpan(top, i.B)));
                            top++;
                            continue;
                        case StackOp.NewTuple:
                            top -= i.B;
                            stack[top] = ContainerInstructions.NewTuple(this, stack.AsSpan(top, i.B));
                            top++;
                            continue;
                        case StackOp.NewMap:
                            top -= i.B;
                            stack[top] = NewMap(stack.AsSpan(top, i.B));
                            top++;
                            continue;
                        case StackOp.NewRange:
                            top--;
                            stack[top - 1] = ContainerInstructions.NewRange(this, stack[top - 1], stack[top], i.A != 0);
                            continue;
                        case StackOp.Interpolate:
                            top -= i.B;
                            stack[top] = Interpolate(stack.AsSpan(top, i.B));
                            top++;
                            continue;
                        case StackOp.NewClosure:
                            stack[top++] = NewClosure(proc.Procs[i.A], first, captures);
                            continue;
                        case StackOp.NewStruct:
                            stack[top++] = NewStruct(proc.Structs[i.A], first);
                            continue;
                        case StackOp.GetIndex:
                            top--;
                            stack[top - 1] = GetIndex(stack[top - 1], stack[top]);
                            continue;
                        case StackOp.SetIndex:
                            top -= 3;
                            SetIndex(stack[top + 1], stack[top + 2], stack[top]);
                            continue;
                        case StackOp.UpdateIndex:
                            top -= 3;
                            SetIndex(stack[top], stack[top + 1], stack[top + 2]);
                            continue;
                        case StackOp.Slice:
                            top -= 2;
                            stack[top - 1] = Slice(stack[top - 1], stack[top], stack[top + 1], i.A != 0);
                            continue;
                        case StackOp.GetField:
                            stack[top - 1] = GetField(stack[top - 1], proc.Names[i.A]);
                            continue;
                        case StackOp.SetField:
                            top -= 2;
                            SetField(stack[top + 1], proc.Names[i.A], stack[top]);
                            continue;
                        case StackOp.UpdateField:
                            top -= 2;
                            SetField(stack[top], proc.Names[i.A], stack[top + 1]);
                            continue;
                        case StackOp.Unpack:
                            Value whole = stack[top - 1];
                            ContainerInstructions.Unpack(this, ref stack[top - 1], whole, i.B);
                            Array.Reverse(stack, top - 1, i.B);
                            top += i.B - 1;
                            continue;

                        case StackOp.Convert:
                            SlotCheck.Convert(this, proc.Types[i.A], ref stack[top - 1]);
                            continue;
                        case StackOp.SetElementTypes:
                            SlotCheck.SetElementTypes(this, proc.Types[i.A], stack[top - 1]);
                            continue;
                        case StackOp.NewTyped:
                            stack[top++] = SlotCheck.NewContainer(proc.Types[i.A]);
                            continue;

                        case StackOp.Jump:
                            pc = i.B;
                            continue;
                        case StackOp.JumpIfFalse:
                            if (!stack[--top].IsTruthy)
                            {
                                pc = i.B;
                            }

                            continue;
                        case StackOp.JumpIfFalseOrPop:
                            if (!stack[top - 1].IsTruthy)
                            {
                                pc = i.B;
                                continue;
                            }

                            top--;
                            continue;
                        case StackOp.JumpIfTrueOrPop:
                            if (stack[top - 1].IsTruthy)
                            {
                                pc = i.B;
                                continue;
                            }

                            top--;
                            continue;
                        case StackOp.JumpIfNotNilOrPop:
                            if (!stack[top - 1].IsNil)
                            {
                                pc = i.B;
                                continue;
                            }

                            top--;
                            continue;
                        case StackOp.JumpIfNil:
                            if (stack[top - 1].IsNil)
                            {
                                pc = i.B;
                            }

                            continue;
                        case StackOp.JumpIfGiven:
                            if (!stack[first + i.A].IsUnset)
                            {
                                pc = i.B;
                            }

                            continue;

                        case StackOp.Call:
                            {
                                int callee = top - i.B - 1;
                                _top = top;
                                _frames[_frameCount - 1].Pc = pc;
                                if (CallValue(stack[callee], callee + 1, i.B, callee))
                                {
                                    goto Enter;
                                }

                                top = callee + 1;
                                continue;
                            }

                        case StackOp.CallMethod:
                            {
                                int receiver = top - i.B - 1;
                                _top = top;
                                _frames[_frameCount - 1].Pc = pc;
                                if (CallMethod(proc.Names[i.A], receiver, i.B))
                                {
                                    goto Enter;
                                }

                                top = receiver + 1;
                                continue;
                            }

                        case StackOp.CallBuiltin:
                            {
                                int argument = top - i.B;
                                _top = top;
                                _frames[_frameCount - 1].Pc = pc;
                                if (CallBuiltin(proc.Builtins[i.A], argument, i.B, argument))
                                {
                                    goto Enter;
                                }

                                top = argument + 1;
                                continue;
                            }

                        case StackOp.CallNamed:
                            {
                                int callee = top - i.B - 1;
                                _top = top;
                                _frames[_frameCount - 1].Pc = pc;
                                if (CallNamed(proc.ArgumentNames[i.A], callee, i.B))
                                {
                                    goto Enter;
                                }

                                top = callee + 1;
                                continue;
                            }

                        case StackOp.Spawn:
                            top -= i.B + 1;
                            stack[top] = Value.FromObject(Spawn(top, i.B));
                            top++;
                            continue;
                        case StackOp.Return:
                            {
                                Value result = stack[top - 1];
                                StackFrame ended = _frames[--_frameCount];
                                if (ended.IsEntry)
                                {
                                    _result = result;
                                    return LoopEnd.Returned;
                                }

                                stack[ended.Result] = result;
                                _top = ended.Result + 1;
                                goto Enter;
                            }

                        case StackOp.Yield:
                            _result = stack[--top];
                            Suspend(pc, top);
                            return LoopEnd.Yielded;
                        case StackOp.Await:
                            if (stack[top - 1].Ref is not TaskObject awaited)
                            {
                                continue;
                            }

                            if (!WaitFor(awaited, top))
                            {
                                Suspend(pc - 1, top);
                                return LoopEnd.Waiting;
                            }

                            stack[top - 1] = ResultOf(awaited);
                            continue;
                        case StackOp.Throw:
                            throw new ScriptErrorException(ScriptErrors.Of(stack[top - 1]));

                        case StackOp.StartLoop:
                            _top = top;
                            stack[first + i.A] = Value.FromObject(LoopState.Over(this, stack[--top]));
                            continue;
                        case StackOp.NextValue:
                        case StackOp.NextPair:
                            LoopState loop = (LoopState)stack[first + i.A].Ref!;
                            if (loop is ChannelLoop channel && !WaitFor(channel.Receive(this), top))
                            {
                                Suspend(pc - 1, top);
                                return LoopEnd.Waiting;
                            }

                            _top = top;
                            if (!loop.MoveNext(this, out Value key, out Value value))
                            {
                                pc = i.B;
                                continue;
                            }

                            if (i.Op == StackOp.NextPair)
                            {
                                stack[top++] = value;
                                stack[top++] = key;
                                continue;
                            }

                            stack[top++] = loop.YieldsKeys ? key : value;
                            continue;

                        case StackOp.TestType:
                            stack[top - 1] = Value.FromBool(SlotCheck.Matches(proc.Types[i.A], stack[top - 1]));
                            continue;
                        case StackOp.TestSize:
                            stack[top - 1] = Value.FromBool(HasSize((SizeTest)i.A, i.B, stack[top - 1]));
                            continue;
                        case StackOp.TestRange:
                            stack[top - 1] = Value.FromBool(((RangeObject)proc.Constants[i.A].Ref!).Contains(stack[top - 1]));
                            continue;
                        case StackOp.NoMatch:
                            throw ScriptErrors.NoMatch(stack[top - 1]);
                        default:
                            throw new InvalidOperationException($"{i.Op} is not executable.");
                    }
                }
            }
            catch (ScriptErrorException e)
            {
                if (!Unwind(entry, pc, e.Error))
                {
                    throw;
                }
            }
        }
    }
}
