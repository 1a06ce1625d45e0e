{{- define "fairlead.labels" -}}
app.kubernetes.io/name: fairlead
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- /* A context as the name of a site: what a site's name cannot have becomes a dot. */ -}}
{{- define "fairlead.site" -}}
{{ . | replace "@" "." | replace ":" "." | replace "/" "." | trunc 63 }}
{{- end }}
{{- define "fairlead.account" -}}
{{- if .Values.serviceAccount.name }}{{ .Values.serviceAccount.name }}{{ else }}fairlead{{ end }}
{{- end }}
