"""Second opinions on a corpus of replies by the rules of two public harnesses, read out of their checkouts at run time.
  vlmevalkit        can_infer(reply, {'A': ...})            VLMEvalKit vlmeval/utils/matching_util.py ('Z', its mark for an abstention, counts as null)
  lmms_eval         parse_mmmu_multi_choice_response         what lmms-eval's mmmu parse_multi_choice_response calls; random.choice returns None
  lmms_eval_filter  MultiChoiceRegexFilter as gpqa's configuration sets it (extra column)
  lmms_eval_extract extract_mcq_answer                       lmms_eval/tasks/_task_utils/mcq_extract.py (extra column)
Usage: opinions.py SOURCES CORPUS OUT
SOURCES holds checkouts of VLMEvalKit and lmms-eval; CORPUS is harness/src/test/resources/golden/choice-replies.jsonl."""
import sys, types, json, random, re, logging, collections, importlib.util, time
OFF=sys.argv[1].rstrip('/')+'/'
src, dst = sys.argv[2], sys.argv[3]
def stub(name,**kw):
    m=types.ModuleType(name); m.__dict__.update(kw); m.__path__=[]; sys.modules[name]=m
def load(name,path):
    s=importlib.util.spec_from_file_location(name,OFF+path); m=importlib.util.module_from_spec(s); s.loader.exec_module(m); return m
for n in ('vlmeval','vlmeval.smp'): stub(n)
stub('vlmeval.smp.log',get_logger=logging.getLogger)
class Filter:
    def __init__(self,*a,**k): pass
for n in ('lmms_eval','lmms_eval.api'): stub(n)
stub('lmms_eval.api.filter',Filter=Filter)
vlm=load('matching_util','VLMEvalKit/vlmeval/utils/matching_util.py')
mm=load('mmmu_mcq_utils','lmms-eval/lmms_eval/tasks/_task_utils/mmmu_mcq_utils.py')
ex=load('mcq_extract','lmms-eval/lmms_eval/tasks/_task_utils/mcq_extract.py')
fl=load('extraction','lmms-eval/lmms_eval/filters/extraction.py')
mm.random=types.SimpleNamespace(choice=lambda xs: None)
rows=[json.loads(l) for l in open(src)]
names=('vlmevalkit','lmms_eval','lmms_eval_filter','lmms_eval_extract')
flt=fl.MultiChoiceRegexFilter(regex_pattern=r"(\([A-Z]\))",group_select=-1,ignore_case=True,ignore_punctuation=True)
# the filter compiles its punctuation table at each apply(): hand it all rows at once
def empty_safe(x):
    return x or None
filt=[]
try:
    filt=[x[0] for x in flt.apply([[r['reply']] for r in rows],[{'choices':r['choices']} for r in rows])]
except Exception as e:
    print('filter fails on the whole corpus:',repr(e)); filt=[None]*len(rows)
out=[];err=collections.Counter()
for n,r in enumerate(rows,1):
    L=[chr(65+i) for i in range(len(r['choices']))]; o={'n':n}
    def ask(name,f):
        try: v=f()
        except Exception as e: err[name+': '+repr(e)[:70]]+=1; v=None
        o[name]=v if v in L else None
    ask('vlmevalkit',lambda: vlm.can_infer(r['reply'],dict(zip(L,r['choices']))))
    ask('lmms_eval',lambda: mm.parse_mmmu_multi_choice_response(r['reply'],L,dict(zip(L,r['choices']))))
    m=re.fullmatch(r"\(?([A-Z])\)?",filt[n-1] or ''); ask('lmms_eval_filter',lambda: m and m.group(1))
    ask('lmms_eval_extract',lambda: ex.extract_mcq_answer(r['reply'],L))
    out.append(o)
with open(dst,'w') as f:
    for o in out: f.write(json.dumps(o)+'\n')
print(len(rows),'replies;',sum(r['expected'] is not None for r in rows),'choose a letter,',sum(r['expected'] is None for r in rows),'choose none')
for name in names:
    c=collections.Counter()
    for r,o in zip(rows,out):
        e,v=r['expected'],o[name]
        c[('chosen','agrees' if v==e else 'silent' if v is None else 'another letter') if e else ('none','silent (agrees)' if v is None else 'reads a letter')]+=1
    a=c[('chosen','agrees')]+c[('none','silent (agrees)')]
    print(f"{name:18s} agrees {a} ({a/len(rows):.1%}) | letter expected: same {c['chosen','agrees']}, silent {c['chosen','silent']}, another letter {c['chosen','another letter']} | null expected: silent {c['none','silent (agrees)']}, reads a letter {c['none','reads a letter']}")
both=collections.Counter(); kinds=collections.defaultdict(collections.Counter)
for r,o in zip(rows,out):
    a,b,e=o['vlmevalkit'],o['lmms_eval'],r['expected']
    k='both = expected' if a==b==e else 'exactly one = expected' if e in (a,b) else 'both the same other reading' if a==b else 'neither'
    both[k]+=1; kinds[r['kind']][k]+=1
print('vlmevalkit and lmms_eval together:',dict(both)); print('errors:',dict(err))
if '-k' in sys.argv or len(sys.argv)==1:
    for k,c in sorted(kinds.items(),key=lambda x:-sum(x[1].values())): print(f"  {sum(c.values()):4d} {k:32s} {dict(c)}")
